/** European languages of ChatGPT's page. */
import type { Locale } from "./Locale.ts"

const german: Locale = {
  labels: {
    userHeading: "^(du hast|sie haben) gesagt",
    answerHeading: "^chatgpt (hat gesagt|sagte)",
    attach: "^dateien\\b",
    attachMenuItem: "^(fotos|dateien)\\b",
    send: "^(prompt |nachricht )?senden$",
    stop: "^(streaming |antwort )?(stoppen|anhalten)$",
    account: "^profilmenü",
    finish: "^(kopieren|gute antwort|schlechte antwort|teilen)$",
    removeAttachment: "^(datei|anhang|bild) entfernen\\b",
    login: "^(anmelden|einloggen|registrieren)$",
    dismiss: "^(schließen|verstanden|nicht jetzt)$",
    retry: "^erneut versuchen$",
    continueGenerating: "^weiter ?generieren$",
    thought: "^nachgedacht",
    conversationMenu: "^(mehr|weitere) optionen|^(chat|konversations|unterhaltungs)optionen|^mehr$",
    deleteConversation: "^((diesen|diese) )?((chat|unterhaltung|konversation) )?(endgültig )?löschen\\??$"
  },
  topics: {
    challenge:
      "bestätigen sie, dass sie ein mensch sind|bestätige, dass du ein mensch bist|sicherheit ihrer verbindung (zu )?überprüf",
    challenge_title: "^(nur )?einen moment",
    rate_limit: "zu viele anfragen",
    usage_limit: "(limit|kontingent)[^.!?]{0,40}(erreicht|aufgebraucht|überschritten)",
    outage: "etwas ist schief ?gelaufen|ein fehler ist aufgetreten|netzwerkfehler|vorübergehend nicht verfügbar",
    session_expired: "sitzung ist abgelaufen|erneut an(melden)?",
    not_found: "(konnte|kann) nicht geladen werden"
  },
  tiers: { instant: ["sofort"], medium: ["mittel"], high: ["hoch"], extra_high: ["sehr hoch"] },
  efforts: { light: ["leicht"], standard: ["standard"], extended: ["erweitert"], heavy: ["intensiv"] },
  configure: "^konfigurieren",
  advanced: "^erweitert(e optionen( anzeigen)?)?$",
  effort: "^(pro )?(denk)?aufwand\\b",
  model: "^modell"
}

const french: Locale = {
  labels: {
    userHeading: "^(vous avez|tu as) dit",
    answerHeading: "^chatgpt a dit",
    attach: "^ajouter des fichiers",
    attachMenuItem: "^ajouter des (photos|fichiers)",
    send: "^envoyer\\b",
    stop: "^arrêter\\b",
    account: "^ouvrir le menu du profil",
    finish: "^(copier|bonne réponse|mauvaise réponse|partager)$",
    removeAttachment: "^(supprimer|retirer) (le fichier|la pièce)",
    login: "^(se connecter|connexion|s.inscrire)$",
    dismiss: "^(fermer|j.ai compris|plus tard)$",
    retry: "^réessayer$",
    continueGenerating: "^continuer (à générer|la génération)$",
    thought: "^réflexion (pendant|terminée)",
    conversationMenu: "^(plus d.options|options de (la )?(conversation|discussion))",
    deleteConversation: "^supprimer( (le|la|ce|cette))?( (chat|discussion|conversation))? ?\\??$"
  },
  topics: {
    challenge: "vérifiez que vous êtes (un )?humain|vérifier la sécurité de votre connexion",
    challenge_title: "^un instant",
    rate_limit: "trop de (requêtes|demandes)",
    usage_limit: "(atteint|dépassé|épuisé)[^.!?]{0,50}(limite|quota)|(limite|quota)[^.!?]{0,40}(atteinte?|dépassée?)",
    outage: "une erreur (s.est produite|est survenue)|erreur réseau|temporairement indisponible",
    session_expired: "session a expiré|reconnectez-vous",
    not_found: "impossible de charger"
  },
  tiers: { instant: ["instantané"], medium: ["moyen"], high: ["élevé"], extra_high: ["très élevé"] },
  efforts: { light: ["léger"], standard: ["standard"], extended: ["étendu"], heavy: ["intense"] },
  configure: "^configurer",
  advanced: "^(avancé|afficher les options avancées)$",
  effort: "^effort( pro)?\\b",
  model: "^modèle"
}

const spanish: Locale = {
  labels: {
    userHeading: "^(has dicho|dijiste|usted dijo)",
    answerHeading: "^chatgpt (dijo|ha dicho)",
    attach: "^(agregar|añadir) archivos",
    attachMenuItem: "^(agregar|añadir) (fotos|archivos)",
    send: "^enviar\\b",
    stop: "^detener\\b",
    account: "^abrir el menú del perfil",
    finish: "^(copiar|buena respuesta|mala respuesta|compartir)$",
    removeAttachment: "^(quitar|eliminar) (el )?archivo",
    login: "^(iniciar sesión|registrarse)$",
    dismiss: "^(cerrar|entendido|ahora no)$",
    retry: "^reintentar$",
    continueGenerating: "^(continuar|seguir) generando$",
    thought: "^pensó durante",
    conversationMenu: "^(más opciones|opciones de (la )?conversación)",
    deleteConversation: "^¿?(eliminar|borrar)( (el|la|este|esta))?( (chat|conversación))?\\??$"
  },
  topics: {
    challenge: "verifi(ca|que) que (eres|es) (un ser )?humano|comprobar la seguridad de (tu|su) conexión",
    challenge_title: "^un momento",
    rate_limit: "demasiadas solicitudes",
    usage_limit: "(alcanzado|superado|agotado)[^.!?]{0,50}(límite|cuota)",
    outage: "(algo|se) (salió mal|ha producido un error|produjo un error)|error de red|no disponible temporalmente",
    session_expired: "sesión ha (expirado|caducado)|sesión (expiró|caducó)",
    not_found: "no se (puede|pudo) cargar"
  },
  tiers: { instant: ["instantáneo"], medium: ["medio"], high: ["alto"], extra_high: ["muy alto"] },
  efforts: { light: ["ligero"], standard: ["estándar"], extended: ["extendido"], heavy: ["intenso"] },
  configure: "^configurar",
  advanced: "^(avanzado|mostrar opciones avanzadas)$",
  effort: "^esfuerzo( pro)?\\b",
  model: "^modelo"
}

const portuguese: Locale = {
  labels: {
    userHeading: "^(você disse|disseste)",
    answerHeading: "^(o )?chatgpt disse",
    attach: "^adicionar (fotos|arquivos|ficheiros)",
    attachMenuItem: "^adicionar (fotos|arquivos|ficheiros)",
    send: "^enviar\\b",
    stop: "^(parar|interromper)\\b",
    account: "^abrir (o )?menu (do|de) perfil",
    finish: "^(copiar|boa resposta|resposta ruim|compartilhar|partilhar)$",
    removeAttachment: "^remover (o )?(arquivo|ficheiro|anexo)",
    login: "^(entrar|fazer login|iniciar sessão|cadastrar-se|registar-se)$",
    dismiss: "^(fechar|entendi|agora não)$",
    retry: "^tentar novamente$",
    continueGenerating: "^continuar (gerando|a gerar)$",
    conversationMenu: "^(mais opções|opções d[ae] convers[ao])",
    deleteConversation: "^(excluir|eliminar|apagar)( (o|a|este|esta))?( (chat|conversa))?\\??$"
  },
  topics: {
    challenge_title: "^um momento",
    rate_limit: "(muitas|demasiadas) (solicitações|requisições)|muitos pedidos",
    usage_limit: "(atingiu|excedeu)[^.!?]{0,50}limite",
    outage: "algo deu errado|ocorreu um erro|erro de rede"
  },
  tiers: { instant: ["instantâneo"], medium: ["médio"], high: ["alto"], extra_high: ["muito alto", "extra alto"] },
  efforts: { light: ["leve"], standard: ["padrão"], extended: ["estendido", "alargado"], heavy: ["intenso"] },
  configure: "^configurar",
  advanced: "^(avançad[oa]|mostrar opções avançadas)$",
  effort: "^esforço\\b",
  model: "^modelo"
}

const italian: Locale = {
  labels: {
    userHeading: "^hai detto",
    answerHeading: "^chatgpt ha detto",
    attach: "^aggiungi (foto|file)",
    attachMenuItem: "^aggiungi (foto|file)",
    send: "^invia\\b",
    stop: "^(interrompi|ferma)\\b",
    account: "^apri (il )?menu (del )?profilo",
    finish: "^(copia|buona risposta|risposta (non valida|errata)|condividi)$",
    removeAttachment: "^rimuovi (il )?(file|allegato)",
    login: "^(accedi|registrati|iscriviti)$",
    dismiss: "^(chiudi|ho capito|non ora)$",
    retry: "^riprova$",
    continueGenerating: "^continua a generare$",
    conversationMenu: "^(altre opzioni|opzioni (della )?conversazione)",
    deleteConversation: "^elimina(re)?( (la |questa |il )?(chat|conversazione))?\\??$"
  },
  topics: {
    challenge_title: "^un momento",
    rate_limit: "troppe richieste",
    usage_limit: "(raggiunto|superato)[^.!?]{0,50}limite",
    outage: "qualcosa è andato storto|si è verificato un errore|errore di rete"
  },
  tiers: { instant: ["istantaneo", "immediato"], medium: ["medio"], high: ["alto"], extra_high: ["molto alto"] },
  efforts: { light: ["leggero"], standard: ["standard"], extended: ["esteso"], heavy: ["intenso"] },
  configure: "^configura",
  advanced: "^(avanzat[oe]|mostra opzioni avanzate)$",
  effort: "^(livello di )?sforzo\\b",
  model: "^modello"
}

const dutch: Locale = {
  labels: {
    userHeading: "^(je zei|jij zei)",
    answerHeading: "^chatgpt zei",
    attach: "^(bestanden|foto.s) toevoegen",
    attachMenuItem: "^(bestanden|foto.s)\\b.*toevoegen",
    send: "^(prompt |bericht )?(verzenden|versturen)$",
    stop: "^(streamen |genereren )?stoppen$",
    account: "^profielmenu",
    finish: "^(kopiëren|goede reactie|slechte reactie|delen)$",
    removeAttachment: "^(bestand|bijlage) verwijderen",
    login: "^(inloggen|aanmelden|registreren)$",
    dismiss: "^(sluiten|begrepen|niet nu)$",
    retry: "^opnieuw proberen$",
    continueGenerating: "^doorgaan met genereren$",
    conversationMenu: "^(meer opties|(gespreks|chat)opties)",
    deleteConversation: "^((deze )?(chat|gesprek) )?verwijderen\\??$"
  },
  topics: {
    challenge_title: "^een moment",
    rate_limit: "te veel (verzoeken|aanvragen)",
    usage_limit: "limiet[^.!?]{0,40}bereikt",
    outage: "er is iets misgegaan|er is een fout opgetreden|netwerkfout"
  },
  tiers: { instant: ["direct"], medium: ["gemiddeld"], high: ["hoog"], extra_high: ["zeer hoog", "extra hoog"] },
  efforts: { light: ["licht"], standard: ["standaard"], extended: ["uitgebreid"], heavy: ["zwaar"] },
  configure: "^configureren",
  advanced: "^(geavanceerd|geavanceerde opties (weergeven|tonen))$",
  effort: "^(denk)?inspanning\\b",
  model: "^model\\b"
}

const polish: Locale = {
  labels: {
    userHeading: "^powiedziałe?[śa]",
    answerHeading: "^chatgpt powiedział",
    attach: "^dodaj (zdjęcia|pliki)",
    attachMenuItem: "^dodaj (zdjęcia|pliki)",
    send: "^wyślij",
    stop: "^(zatrzymaj|przerwij)",
    account: "^otwórz menu profilu",
    finish: "^(kopiuj|dobra odpowiedź|zła odpowiedź|udostępnij)$",
    removeAttachment: "^usuń (plik|załącznik)",
    login: "^(zaloguj się|zarejestruj się)$",
    dismiss: "^(zamknij|rozumiem|nie teraz)$",
    retry: "^(spróbuj|ponów)( ponownie)?$",
    continueGenerating: "^kontynuuj generowanie$",
    conversationMenu: "^(więcej opcji|opcje (czatu|konwersacji|rozmowy))",
    deleteConversation: "^usuń( (ten|tę))?( (czat|rozmowę|konwersację))?\\??$"
  },
  topics: {
    challenge_title: "^(jeszcze )?chwil(a|eczkę)",
    rate_limit: "zbyt wiele (żądań|zapytań)",
    usage_limit: "(osiągnięto|przekroczono|wyczerpano)[^.!?]{0,50}limit",
    outage: "coś poszło nie tak|wystąpił błąd|błąd sieci"
  },
  tiers: {
    instant: ["natychmiastowy", "błyskawiczny"],
    medium: ["średni"],
    high: ["wysoki"],
    extra_high: ["bardzo wysoki"]
  },
  efforts: { light: ["lekki"], standard: ["standardowy"], extended: ["rozszerzony"], heavy: ["intensywny"] },
  configure: "^(s)?konfiguruj",
  advanced: "^(zaawansowane|pokaż opcje zaawansowane)$",
  effort: "^wysiłek",
  model: "^model"
}

export const european: ReadonlyArray<Locale> = [german, french, spanish, portuguese, italian, dutch, polish]
