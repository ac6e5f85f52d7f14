/** Languages of Asia of ChatGPT's page. */
import type { Locale } from "./Locale.ts"

const japanese: Locale = {
  labels: {
    userHeading: "^あなた(の発言|:|：|$)",
    answerHeading: "^chatgpt ?(の発言|:|：)",
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
    continueGenerating: "^生成を続ける",
    conversationMenu: "会話(の)?オプション|チャットオプション|^その他",
    deleteConversation: "^((この)?(チャット|会話)を)?削除(する|しますか)?[?？]?$"
  },
  topics: {
    challenge: "人間であることを確認|接続のセキュリティ",
    challenge_title: "^(しばらく|少々)お待ちください",
    rate_limit: "リクエストが多すぎ",
    usage_limit: "上限に達し",
    outage: "問題が発生しました|エラーが発生しました|ネットワーク ?エラー",
    session_expired: "セッションの有効期限|再度ログイン",
    not_found: "読み込めません"
  },
  tiers: { instant: ["最速", "即時"], medium: ["中程度"], high: ["高い"], extra_high: ["非常に高い"] },
  efforts: { light: ["軽め"], standard: ["標準"], extended: ["拡張"], heavy: ["強め"] },
  configure: "^設定する",
  advanced: "^(詳細設定|詳細表示にする)$",
  effort: "^(pro ?の?)?(思考量|推論レベル)",
  model: "^モデル"
}

const chinese: Locale = {
  labels: {
    userHeading: "^[你您][说說]",
    answerHeading: "^chatgpt ?[说說]",
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
    continueGenerating: "^继续生成",
    conversationMenu: "(对话|聊天|会话)选项|^更多",
    deleteConversation: "^删除(此|该|这个)?(聊天|对话|会话)?(吗)?[?？]?$"
  },
  topics: {
    challenge: "(确认|验证|確認|驗證)您?是(真)?人|(检查|檢查)您的(连接|連線)",
    challenge_title: "^(请稍候|請稍候|请稍等)",
    rate_limit: "(请求|請求)(过多|過多|太多|次数过多)|(过多|太多)(请求|請求)",
    usage_limit: "(达到|達到|超出|用完).{0,20}(上限|限额|限額|限制)",
    outage: "出了点问题|出现错误|发生错误|網路錯誤|网络错误|暂时不可用",
    session_expired: "(会话|會話|登录)已(过期|過期)|重新登录",
    not_found: "无法加载|無法載入"
  },
  tiers: { instant: ["极速", "即時", "即时"], medium: ["中"], high: ["高"], extra_high: ["极高", "極高", "超高"] },
  efforts: { light: ["轻度", "輕度"], standard: ["标准", "標準"], extended: ["扩展", "擴展"], heavy: ["深度"] },
  configure: "^配置",
  advanced: "^(高级|显示高级选项)$",
  effort: "^(pro ?)?(强度|思考强度)",
  model: "^(模型|最新)"
}

const korean: Locale = {
  labels: {
    userHeading: "^(나의 말|내가 한 말|사용자의 말)",
    answerHeading: "^chatgpt(의 말|가 한 말)",
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
    continueGenerating: "^계속 생성",
    conversationMenu: "(대화|채팅) 옵션|^더 보기",
    deleteConversation: "^((이 )?(채팅|대화)(을|를)? )?삭제(하기|하시겠습니까|할까요)?[?？]?$"
  },
  topics: {
    challenge: "사람인지 확인|연결 보안",
    challenge_title: "^잠시만 기다",
    rate_limit: "요청이 너무 많",
    usage_limit: "(한도|제한)에 (도달|이르렀)",
    outage: "문제가 발생했습니다|오류가 발생했습니다|네트워크 오류",
    session_expired: "세션이 만료|다시 로그인",
    not_found: "불러올 수 없"
  },
  tiers: { instant: ["즉시"], medium: ["중간"], high: ["높음"], extra_high: ["매우 높음"] },
  efforts: { light: ["가벼움"], standard: ["표준"], extended: ["확장"], heavy: ["강함"] },
  configure: "^구성",
  advanced: "^(고급|고급 옵션 표시)$",
  effort: "^(pro ?)?추론 수준",
  model: "^(모델|최신)"
}

export const asian: ReadonlyArray<Locale> = [japanese, chinese, korean]
