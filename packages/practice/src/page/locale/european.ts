/** German, French and Spanish. In German one word means both "advanced" and "extended". */
import type { Words } from "./Words.ts"

export const german: Words = {
  composer: "Mit ChatGPT chatten",
  placeholder: "Stelle irgendeine Frage",
  plus: "Dateien und mehr hinzufügen",
  upload: "Fotos & Dateien hinzufügen",
  send: "Prompt senden",
  stop: "Streaming stoppen",
  profile: "Profilmenü öffnen",
  copy: "Kopieren",
  good: "Gute Antwort",
  bad: "Schlechte Antwort",
  share: "Teilen",
  remove: "Datei entfernen",
  options: "Gesprächsoptionen öffnen",
  archive: "Archivieren",
  unarchive: "Aus dem Archiv holen",
  erase: "Löschen",
  cancel: "Abbrechen",
  picker: {
    tiers: ["Sofort", "Mittel", "Hoch", "Sehr hoch", "Pro"],
    efforts: ["Leicht", "Standard", "Erweitert", "Intensiv"],
    intelligence: "Intelligenz",
    power: "Leistung",
    advanced: "Erweitert",
    showAdvanced: "Erweiterte Optionen anzeigen",
    model: "Modell",
    effort: "Aufwand",
    latest: "Neueste",
    configure: "Konfigurieren …",
    legacy: "Ältere Modelle",
    position: "{level}, {n} von {of}."
  }
}

export const french: Words = {
  composer: "Discuter avec ChatGPT",
  placeholder: "Posez une question",
  plus: "Ajouter des fichiers et plus encore",
  upload: "Ajouter des photos et des fichiers",
  send: "Envoyer l’invite",
  stop: "Arrêter la diffusion",
  profile: "Ouvrir le menu du profil",
  copy: "Copier",
  good: "Bonne réponse",
  bad: "Mauvaise réponse",
  share: "Partager",
  remove: "Supprimer le fichier",
  options: "Ouvrir les options de la conversation",
  archive: "Archiver",
  unarchive: "Désarchiver",
  erase: "Supprimer",
  cancel: "Annuler",
  picker: {
    tiers: ["Instantané", "Moyen", "Élevé", "Très élevé", "Pro"],
    efforts: ["Léger", "Standard", "Étendu", "Intense"],
    intelligence: "Intelligence",
    power: "Puissance",
    advanced: "Avancé",
    showAdvanced: "Afficher les options avancées",
    model: "Modèle",
    effort: "Effort",
    latest: "Le plus récent",
    configure: "Configurer…",
    legacy: "Anciens modèles",
    position: "{level}, {n} sur {of}."
  }
}

export const spanish: Words = {
  composer: "Chatear con ChatGPT",
  placeholder: "Pregunta lo que quieras",
  plus: "Agregar archivos y más",
  upload: "Agregar fotos y archivos",
  send: "Enviar mensaje",
  stop: "Detener la transmisión",
  profile: "Abrir el menú del perfil",
  copy: "Copiar",
  good: "Buena respuesta",
  bad: "Mala respuesta",
  share: "Compartir",
  remove: "Quitar archivo",
  options: "Abrir opciones de la conversación",
  archive: "Archivar",
  unarchive: "Desarchivar",
  erase: "Eliminar",
  cancel: "Cancelar",
  picker: {
    tiers: ["Instantáneo", "Medio", "Alto", "Muy alto", "Pro"],
    efforts: ["Ligero", "Estándar", "Extendido", "Intenso"],
    intelligence: "Inteligencia",
    power: "Potencia",
    advanced: "Avanzado",
    showAdvanced: "Mostrar opciones avanzadas",
    model: "Modelo",
    effort: "Esfuerzo",
    latest: "Más reciente",
    configure: "Configurar…",
    legacy: "Modelos anteriores",
    position: "{level}, {n} de {of}."
  }
}
