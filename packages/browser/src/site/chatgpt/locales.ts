/** What ChatGPT's page says in other languages; added to the English words. Labels are anchored regular expressions. */
import { keysOf, recordOf } from "../recordOf.ts"
import type { SiteDefinition, Tier } from "../Site.ts"

type Labels = Partial<Record<keyof SiteDefinition["labels"], string>>

interface Locale {
  readonly labels: Labels
  readonly tiers: Partial<Record<Tier, string>>
  readonly efforts: Record<keyof SiteDefinition["picker"]["efforts"], string>
  readonly configure: string
  readonly advanced: string
  readonly effort: string
}

const german: Locale = {
  labels: {
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
    thought: "^nachgedacht"
  },
  tiers: { instant: "sofort", medium: "mittel", high: "hoch", extra_high: "sehr hoch" },
  efforts: { light: "leicht", standard: "standard", extended: "erweitert", heavy: "intensiv" },
  configure: "^konfigurieren",
  advanced: "^erweitert(e optionen( anzeigen)?)?$",
  effort: "^(pro )?(denk)?aufwand\\b"
}

const french: Locale = {
  labels: {
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
    thought: "^réflexion (pendant|terminée)"
  },
  tiers: { instant: "instantané", medium: "moyen", high: "élevé", extra_high: "très élevé" },
  efforts: { light: "léger", standard: "standard", extended: "étendu", heavy: "intense" },
  configure: "^configurer",
  advanced: "^(avancé|afficher les options avancées)$",
  effort: "^effort( pro)?\\b"
}

const spanish: Locale = {
  labels: {
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
    thought: "^pensó durante"
  },
  tiers: { instant: "instantáneo", medium: "medio", high: "alto", extra_high: "muy alto" },
  efforts: { light: "ligero", standard: "estándar", extended: "extendido", heavy: "intenso" },
  configure: "^configurar",
  advanced: "^(avanzado|mostrar opciones avanzadas)$",
  effort: "^esfuerzo( pro)?\\b"
}

const japanese: Locale = {
  labels: {
    attach: "^ファイルなどを追加",
    attachMenuItem: "^写真とファイルを追加",
    send: "送信(する)?$",
    stop: "停止(する)?$",
    account: "^プロフィールメニュー",
    finish: "^(コピーする|良い回答です|良くない回答です|共有する)$",
    removeAttachment: "^ファイルを削除",
    login: "^(ログイン|新規登録|サインアップ)",
    dismiss: "^(閉じる|了解|後で)",
    retry: "^(再試行|もう一度試す)",
    continueGenerating: "^生成を続ける"
  },
  tiers: { instant: "最速", medium: "中程度", high: "高い", extra_high: "非常に高い" },
  efforts: { light: "軽め", standard: "標準", extended: "拡張", heavy: "強め" },
  configure: "^設定する",
  advanced: "^(詳細設定|詳細表示にする)$",
  effort: "^(pro ?の?)?(思考量|推論レベル)"
}

const chinese: Locale = {
  labels: {
    attach: "^添加文件",
    attachMenuItem: "^添加照片和文件",
    send: "^发送",
    stop: "^停止(流式传输|生成)?$",
    account: "^打开个人资料菜单",
    finish: "^(复制|最佳回复|错误的回复|共享)$",
    removeAttachment: "^移除文件",
    login: "^(登录|注册)",
    dismiss: "^(关闭|知道了|稍后)",
    retry: "^重试$",
    continueGenerating: "^继续生成"
  },
  tiers: { instant: "极速", medium: "中", high: "高", extra_high: "极高" },
  efforts: { light: "轻度", standard: "标准", extended: "扩展", heavy: "深度" },
  configure: "^配置",
  advanced: "^(高级|显示高级选项)$",
  effort: "^(pro ?)?(强度|思考强度)"
}

const korean: Locale = {
  labels: {
    attach: "^파일 등을 추가",
    attachMenuItem: "^사진 및 파일 추가",
    send: "보내기$",
    stop: "중지$",
    account: "^프로필 메뉴",
    finish: "^(복사|좋은 응답|별로인 응답|공유)$",
    removeAttachment: "^파일 제거",
    login: "^(로그인|회원 가입)",
    dismiss: "^(닫기|확인|나중에)",
    retry: "^다시 시도",
    continueGenerating: "^계속 생성"
  },
  tiers: { instant: "즉시", medium: "중간", high: "높음", extra_high: "매우 높음" },
  efforts: { light: "가벼움", standard: "표준", extended: "확장", heavy: "강함" },
  configure: "^구성",
  advanced: "^(고급|고급 옵션 표시)$",
  effort: "^(pro ?)?추론 수준"
}

const locales = [german, french, spanish, japanese, chinese, korean]

const present = (words: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  words.filter((word) => word !== undefined)

const withWords = <K extends string>(
  english: Readonly<Record<K, ReadonlyArray<string>>>,
  others: ReadonlyArray<Partial<Record<K, string>>>
): { readonly [P in K]: ReadonlyArray<string> } =>
  recordOf(keysOf(english), (key) => [...english[key], ...present(others.map((words) => words[key]))])

/** The English words with those of all other languages behind them. */
export const inAllLanguages = (english: SiteDefinition["labels"]): SiteDefinition["labels"] =>
  withWords(english, locales.map(({ labels }) => labels))

export const pickerInAllLanguages = (english: SiteDefinition["picker"]): SiteDefinition["picker"] => ({
  ...english,
  tiers: withWords(english.tiers, locales.map(({ tiers }) => tiers)),
  efforts: withWords(english.efforts, locales.map(({ efforts }) => efforts)),
  configure: [...english.configure, ...locales.map(({ configure }) => configure)],
  advanced: [...english.advanced, ...locales.map(({ advanced }) => advanced)],
  effort: [...english.effort, ...locales.map(({ effort }) => effort)]
})
