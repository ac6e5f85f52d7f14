/** Where the parts of ChatGPT's page are, the best alternative first. */
import type { SiteDefinition } from "../Site.ts"

export const selectors: SiteDefinition["selectors"] = {
  composerInput: [
    "#prompt-textarea[contenteditable]",
    ".ProseMirror[contenteditable]",
    "[contenteditable=\"true\"][role=\"textbox\"]",
    "[contenteditable=\"true\"][data-virtualkeyboard=\"true\"]",
    "textarea#prompt-textarea",
    "textarea[data-id=\"prompt-textarea\"]",
    "textarea[aria-label=\"Chat with ChatGPT\"]",
    "textarea[aria-label=\"Message ChatGPT\"]",
    "textarea[aria-label=\"Ask ChatGPT\"]",
    "textarea[placeholder*=\"Send a message\"]",
    "textarea[placeholder*=\"Ask anything\"]",
    "textarea[placeholder*=\"Message\"]",
    "textarea[name=\"prompt-textarea\"]",
    "form textarea",
    "main textarea",
    "textarea",
    "form [contenteditable=\"true\"]",
    "main [contenteditable=\"true\"]",
    "[role=\"textbox\"][contenteditable]",
    "[contenteditable=\"true\"]",
    "form input[type=\"text\"][role=\"textbox\"]"
  ],
  composerRoot: [
    "[data-testid=\"composer\"]",
    "form[data-type=\"unified-composer\"]",
    "form",
    "[data-type=\"unified-composer\"]"
  ],
  sendButton: [
    "button[data-testid=\"send-button\"]",
    "#composer-submit-button",
    "button[data-testid*=\"composer-send\"]",
    "button[data-testid*=\"send\"]",
    "button[aria-label=\"Send prompt\"]",
    "button[aria-label^=\"Send\" i]",
    "button[type=\"submit\"]"
  ],
  stopButton: [
    "button[data-testid=\"stop-button\"]",
    "button[data-testid=\"composer-stop-button\"]",
    "form button[aria-label*=\"stop\" i]",
    "button[aria-label=\"Stop streaming\"]",
    "button[aria-label=\"Stop generating\"]"
  ],
  attachButton: [
    "#composer-plus-btn",
    "button[data-testid=\"composer-plus-btn\"]",
    "button[aria-label^=\"Add files\" i]"
  ],
  fileInput: [
    "form input[type=\"file\"]:not([accept])",
    "input[type=\"file\"][multiple]:not([accept])",
    "input[type=\"file\"][multiple]",
    "input[type=\"file\"]:not([accept])",
    "form input[type=\"file\"][accept]",
    "input[type=\"file\"]"
  ],
  attachment: [
    "[role=\"group\"][aria-label]:has(button)",
    "[role=\"group\"][class*=\"file-tile\"]",
    "[data-testid*=\"chip\"]",
    "[data-testid*=\"attachment\"]:not([data-testid$=\"attachments\"])",
    "[data-testid*=\"file\"]:not(input)",
    "[data-testid*=\"upload\"]:not(input)",
    "[class*=\"attachment\" i]:has(button)",
    "[class~=\"chip\"]",
    "[class*=\"file-chip\" i]"
  ],
  attachmentRemove: [
    "button[data-testid*=\"remove-attachment\"]",
    "button[data-testid*=\"attachment-remove\"]",
    "button[aria-label^=\"Remove file\" i]",
    "button[aria-label^=\"Remove attachment\" i]"
  ],
  attachmentBusy: [
    "[data-state=\"loading\"]",
    "[data-state=\"uploading\"]",
    "[data-state=\"pending\"]",
    "[data-status=\"uploading\"]",
    "[aria-busy=\"true\"]",
    "[role~=\"progressbar\"]",
    "progress"
  ],
  turn: [
    "[data-testid^=\"conversation-turn\"]",
    "[data-turn]",
    "[data-message-author-role=\"user\"],[data-message-author-role=\"assistant\"]",
    "[data-testid=\"user-message\"],[data-testid=\"assistant-message\"]"
  ],
  userTurn: [
    "[data-turn=\"user\"]",
    "[data-message-author-role=\"user\"]",
    "[data-testid=\"user-message\"]"
  ],
  assistantTurn: [
    "[data-turn=\"assistant\"]",
    "[data-message-author-role=\"assistant\"]",
    "[data-testid=\"assistant-message\"]"
  ],
  userText: ["[class~=\"whitespace-pre-wrap\"]", "[data-message-content]", "[data-testid=\"user-text\"]"],
  answerContent: [".markdown", "[data-message-content]", ".prose", "[class*=\"markdown\"]"],
  answerNoise: [
    "[data-testid*=\"thinking\"]",
    "[data-testid*=\"reasoning\"]",
    ".loading-shimmer",
    ".result-thinking",
    "[data-testid$=\"turn-action-button\"]",
    "[role=\"group\"][aria-label*=\"action\" i]"
  ],
  finishControl: [
    "button[data-testid=\"copy-turn-action-button\"]",
    "button[data-testid=\"good-response-turn-action-button\"]",
    "button[data-testid=\"bad-response-turn-action-button\"]",
    "[data-testid$=\"turn-action-button\"]:not([data-testid^=\"download\"])",
    "button[aria-label=\"Share\"]",
    "button[data-testid=\"paragen-prefer-response-button\"]"
  ],
  thinkingBusy: [".loading-shimmer", ".result-thinking", "[aria-busy=\"true\"]", "progress", "[role=\"progressbar\"]"],
  thinkingStatus: [
    "[data-testid*=\"thinking\"]",
    "[data-testid*=\"reasoning\"]",
    "[class~=\"thinking\"]",
    "[class*=\"thinking-\"]",
    "[class~=\"thought\"]"
  ],
  turnError: [
    "[data-testid=\"turn-error\"]",
    "[class*=\"text-token-text-error\"]",
    "[class*=\"text-error\"]",
    "[role=\"alert\"]",
    "[data-testid*=\"error\"]"
  ],
  retryControl: ["button[data-testid=\"regenerate-thread-error-button\"]", "button[data-testid*=\"retry\"]"],
  continueControl: ["button[data-testid*=\"continue\"]"],
  alternative: ["[data-testid=\"paragen-prefer-response-button\"]"],
  fileControl: [
    "[class~=\"behavior-btn\"]",
    "button[data-sandbox-path]",
    "button[data-testid*=\"download-file\"]",
    "[download]"
  ],
  answerImage: [
    "img[src*=\"/backend-api/estuary/content\"]",
    "img[alt*=\"generated image\" i]",
    "[class*=\"imagegen-image\"] img",
    "[id^=\"image-\"] img"
  ],
  sidebar: [
    "nav",
    "aside",
    "[role=\"navigation\"]",
    "#history",
    "#stage-slideover-sidebar",
    "[data-testid*=\"sidebar\"]"
  ],
  historyLink: ["a[href^=\"/c/\"]", "a[href*=\"/c/\"]"],
  accountControl: [
    "[data-testid=\"accounts-profile-button\"]",
    "[data-testid=\"profile-button\"]",
    "[data-testid=\"user-menu-button\"]",
    "button[aria-label=\"Open profile menu\"]"
  ],
  loginControl: [
    "a[href*=\"/auth/login\"]",
    "a[href*=\"/auth/signin\"]",
    "button[data-testid*=\"login\"]",
    "button[data-testid*=\"log-in\"]",
    "button[data-testid*=\"signin\"]",
    "button[data-testid*=\"sign-in\"]"
  ],
  dialog: ["[role=\"dialog\"]", "[role=\"alertdialog\"]", "dialog[open]", "[aria-modal=\"true\"]"],
  toast: [
    "[role=\"alert\"]",
    "[role=\"status\"]",
    "[aria-live=\"assertive\"]",
    "[data-testid*=\"toast\" i]",
    "[data-testid*=\"banner\" i]",
    "[class~=\"toast\" i]"
  ],
  passingNotice: [
    "[aria-live]:not([role=\"alert\"])",
    "[class*=\"toast\" i]",
    "[data-testid*=\"toast\" i]",
    "[class*=\"snackbar\" i]"
  ],
  banner: [
    "[class*=\"cookie\" i]",
    "[id*=\"cookie\" i]",
    "[class*=\"consent\" i]",
    "[id*=\"consent\" i]",
    "[role=\"region\"][aria-label*=\"cookie\" i]"
  ],
  challenge: [
    "#challenge-form",
    "#challenge-running",
    "#cf-challenge-running",
    "[class*=\"cf-challenge\"]",
    "iframe[src*=\"challenges.cloudflare.com\"]",
    "iframe[src*=\"/cdn-cgi/challenge-platform/\"]"
  ],
  challengeScript: ["script[src*=\"/challenge-platform/\"]"],
  conversationMenu: [
    "[data-testid=\"conversation-options-button\"]",
    "header button[aria-haspopup=\"menu\"][aria-label*=\"conversation\" i]"
  ],
  deleteItem: ["[data-testid=\"delete-chat-menu-item\"]"],
  deleteConfirm: ["[data-testid=\"delete-conversation-confirm-button\"]"],
  modelTrigger: [
    "[data-testid=\"model-switcher-dropdown-button\"]",
    "button.__composer-pill[aria-haspopup=\"menu\"]",
    ".__composer-pill-composite button[aria-haspopup]",
    "button[aria-label^=\"Model selector\" i]",
    "button[aria-label=\"Select ChatGPT model\"]",
    "button[aria-label=\"Thinking effort\"]"
  ],
  modelMenu: [
    "[role=\"menu\"]",
    "[role=\"listbox\"]",
    "[data-testid=\"composer-intelligence-picker-content\"]",
    "[data-radix-menu-content]"
  ],
  modelRow: [
    "[role=\"menuitem\"]",
    "[role=\"menuitemradio\"]",
    "[role=\"menuitemcheckbox\"]",
    "[role=\"option\"]",
    "[role=\"radio\"]",
    "[role=\"combobox\"]",
    "[role=\"switch\"]",
    "[data-testid*=\"model-switcher-\"]",
    "button"
  ],
  modelDialog: ["[role=\"dialog\"]:has([role=\"radio\"],[role=\"menuitemradio\"],[role=\"combobox\"])"],
  modelSlider: [
    "[data-model-reasoning-effort-slider] [role=\"slider\"]",
    "[role=\"menu\"] [role=\"slider\"]",
    "[role=\"dialog\"] [role=\"slider\"]"
  ],
  modelChip: ["button[aria-label$=\"click to remove\" i]"]
}
