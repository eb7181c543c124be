import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { addGoalTemplate, removeGoalTemplate } from '@/api/gen/sdk.gen'
import type { GoalTemplate } from '@/api/gen/types.gen'
import { toastUndo } from '@/components/toasts'
import { refreshTemplates } from './queries'

/** At once, and back with a click. */
export function RemoveTemplate({ template }: { template: GoalTemplate }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = () => refreshTemplates(queryClient)
  const restore = useMutation({
    mutationFn: () => {
      const { function: fn, language, title, description, key_results } = template
      return addGoalTemplate({ body: { function: fn, language, title, description, key_results } })
    },
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () =>
      removeGoalTemplate({
        path: { goal_template_id: template.id },
        headers: ifMatch(tagOf(template)),
      }),
    onSuccess: () =>
      toastUndo(t('template.removed'), t('common.undo'), () => {
        restore.mutate()
      }),
    onSettled: refresh,
  })
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      loading={remove.isPending}
      aria-label={t('template.remove', { title: template.title })}
      onClick={() => remove.mutate()}
    >
      <IconTrash size={17} stroke={1.7} />
    </ActionIcon>
  )
}
