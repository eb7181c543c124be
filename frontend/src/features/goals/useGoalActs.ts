import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  activateGoal,
  agreeToGoal,
  archiveGoal,
  askForNews,
  noLongerAskForNews,
  reopenGoal,
  restoreGoal,
} from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { toastDone, toastUndo } from '@/components/toasts'
import { refreshGoals } from './queries'
import type { GoalSearch } from './search'

const DRAWERS = {
  check_in: { check_in: 'all' },
  add_key_result: { key_result: 'new' },
  edit: { edit: true },
  close: { close: true },
  cancel: { cancel: true },
  propose: { propose: true },
  request_changes: { request_changes: true },
  carry_over: { carry_over: true },
} satisfies Record<string, Partial<GoalSearch>>

const AT_ONCE = {
  activate: activateGoal,
  agree: agreeToGoal,
  reopen: reopenGoal,
  restore: restoreGoal,
  archive: archiveGoal,
  ask_for_news: askForNews,
  no_longer_ask_for_news: noLongerAskForNews,
}

export type GoalAct = keyof typeof DRAWERS | keyof typeof AT_ONCE

/** What can be done with a goal from its page: some of it at once, some after a few words. */
export function useGoalActs(goal: GoalDetail, onSearch: (change: Partial<GoalSearch>) => void) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { title } = goal
  const path = { goal_id: goal.id }
  const restore = () => restoreGoal({ path }).finally(() => refreshGoals(queryClient))
  const say: Record<keyof typeof AT_ONCE, () => void> = {
    activate: () => toastDone(t('goal.activated', { title })),
    agree: () => toastDone(t('agreement.done', { title })),
    reopen: () => toastDone(t('goal.reopened', { title })),
    restore: () => toastDone(t('goal.restored', { title })),
    archive: () =>
      toastUndo(
        goal.goes_along_count > 0
          ? t('goal.archivedWith', { title, count: goal.goes_along_count })
          : t('goal.archived', { title }),
        t('common.undo'),
        restore,
      ),
    ask_for_news: () =>
      toastUndo(t('goal.newsAsked', { name: goal.owner.name }), t('common.undo'), () =>
        noLongerAskForNews({ path }).finally(() => refreshGoals(queryClient)),
      ),
    no_longer_ask_for_news: () => toastDone(t('goal.newsNoLongerAsked')),
  }
  const act = useMutation({
    mutationFn: async (name: keyof typeof AT_ONCE) => {
      if (name === 'agree') await agreeToGoal({ path, body: { step_id: goal.last_step_id ?? '' } })
      else await AT_ONCE[name]({ path })
    },
    onSuccess: (_, name) => say[name](),
    onSettled: () => refreshGoals(queryClient),
  })
  const perform = (name: GoalAct) => {
    if (name in DRAWERS) onSearch(DRAWERS[name as keyof typeof DRAWERS])
    else act.mutate(name as keyof typeof AT_ONCE)
  }
  return { perform, isPending: act.isPending }
}
