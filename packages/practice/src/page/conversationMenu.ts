/** What can be done with a whole conversation: archive it, bring it back, delete it; each asks first. */
import * as api from "./api.ts"
import { showDialog, showToast } from "./dialogs.ts"
import { labels } from "./labels.ts"
import { menuItem, openMenu } from "./menu.ts"
import { reportProblem } from "./problems.ts"

export interface ConversationMenuHooks {
  /** The conversation has left the history. */
  readonly onGone: () => void
  readonly onBack?: () => void
}

export const openConversationMenu = (
  anchor: HTMLElement,
  conversation: { readonly id: string; readonly title: string; readonly archived: boolean },
  hooks: ConversationMenuHooks
): void => {
  const { archived, id, title } = conversation
  const confirm = (question: string, text: string, action: string, testId: string, then: () => Promise<void>) => {
    menu.close()
    showDialog({
      title: question,
      text,
      action,
      cancel: labels.cancel,
      testId: `modal-${testId}`,
      actionTestId: `${testId}-conversation-confirm-button`,
      onAction: () =>
        void then().catch((error: unknown) => reportProblem(error, () => showToast("Failed to update the chat")))
    })
  }
  const putAway = async () => {
    await api.setArchived(id, true)
    showToast("Chat archived")
    hooks.onGone()
  }
  const bringBack = async () => {
    await api.setArchived(id, false)
    showToast("Chat unarchived")
    hooks.onBack?.()
  }
  const erase = async () => {
    await api.erase(id)
    hooks.onGone()
  }
  const rows = [
    menuItem({ "data-testid": "share-chat-menu-item" }, [labels.share], () => menu.close()),
    archived
      ? menuItem({ "data-testid": "unarchive-chat-menu-item" }, [labels.unarchive], () => {
        menu.close()
        void bringBack()
      })
      : menuItem(
        { "data-testid": "archive-chat-menu-item" },
        [labels.archive],
        () => confirm(`${labels.archive}?`, `This will archive ${title}.`, labels.archive, "archive", putAway)
      ),
    menuItem(
      { "data-testid": "delete-chat-menu-item" },
      [labels.erase],
      () => confirm(`${labels.erase}?`, `This will delete ${title}.`, labels.erase, "delete", erase)
    )
  ]
  const menu = openMenu(anchor, rows, labels.options)
}
