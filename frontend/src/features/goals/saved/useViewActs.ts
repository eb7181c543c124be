import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { ifMatch, tagOf } from '@/api/etags'
import {
  beginWithGoalView,
  deleteGoalView,
  saveGoalView,
  stopBeginningWithGoalView,
  updateGoalView,
} from '@/api/gen/sdk.gen'
import type { GoalView, GoalViewUpdate } from '@/api/gen/types.gen'
import { toastDone, toastUndo } from '@/components/toasts'
import { useRefreshViews } from './queries'

/** What can be done with a view from its menu, each with one click. */
export function useViewActs(onDeleted: () => void) {
  const { t } = useTranslation()
  const refresh = useRefreshViews()

  const change = useMutation({
    mutationFn: ({ view, body }: { view: GoalView; body: GoalViewUpdate; done: string }) =>
      updateGoalView({
        path: { goal_view_id: view.id },
        body,
        headers: ifMatch(tagOf(view)),
      }),
    onSuccess: (_, { done }) => toastDone(done),
    onSettled: refresh,
  })

  const begin = useMutation({
    mutationFn: ({ id, is_default }: GoalView) => {
      const path = { goal_view_id: id }
      return is_default ? stopBeginningWithGoalView({ path }) : beginWithGoalView({ path })
    },
    onSuccess: (_, { name, is_default }) =>
      toastDone(t(is_default ? 'views.beginsWithAll' : 'views.beginsWith', { name })),
    onSettled: refresh,
  })

  const bringBack = useMutation({
    mutationFn: async ({ name, query, is_shared, is_default }: GoalView) => {
      const { data } = await saveGoalView({ body: { name, query, is_shared } })
      const again = documentOf<GoalView>(data)
      if (again && is_default) await beginWithGoalView({ path: { goal_view_id: again.id } })
    },
    onSettled: refresh,
  })

  const remove = useMutation({
    mutationFn: (view: GoalView) =>
      deleteGoalView({ path: { goal_view_id: view.id }, headers: ifMatch(tagOf(view)) }),
    onSuccess: (_, view) => {
      onDeleted()
      toastUndo(t('views.deleted', { name: view.name }), t('common.undo'), () =>
        bringBack.mutate(view),
      )
    },
    onSettled: refresh,
  })

  return { change, begin, remove }
}
