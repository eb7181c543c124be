import { Skeleton } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { updateGoal } from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { GoalInputs } from './GoalInputs'
import { fieldsOfGoal, type GoalFields, goalBody, keyResultBody, newGoalFields } from './goalFields'
import { emptyDraft, setGoalWithKeyResults } from './mutations'
import { goalOptions, useRefreshGoals } from './queries'
import { goalErrors, isBlank } from './rules'

interface NewGoalDrawerProps {
  cycleId: string | undefined
  /** The goal that the new one goes under. */
  parentId?: string
  onClosed: () => void
}

export function GoalDrawer({ cycleId, parentId, onClosed }: NewGoalDrawerProps) {
  const parent = useQuery({ ...goalOptions(parentId ?? ''), enabled: Boolean(parentId) })
  if (parentId && parent.isPending) return <Skeleton height={1} visible={false} />
  return <NewGoalForm cycleId={cycleId} parent={parent.data} onClosed={onClosed} />
}

interface NewGoalFormProps {
  cycleId: string | undefined
  parent: GoalDetail | undefined
  onClosed: () => void
}

function NewGoalForm({ cycleId, parent, onClosed }: NewGoalFormProps) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const refresh = useRefreshGoals()
  const draft = useRef(emptyDraft())
  const form = useForm<GoalFields>({
    initialValues: newGoalFields(me.person, parent?.cycle?.id ?? cycleId, parent),
    validate: (fields) => goalErrors(t, fields),
  })
  const save = useFormSave({
    form,
    send: (fields) =>
      setGoalWithKeyResults(
        draft.current,
        goalBody(fields),
        fields.key_results
          .filter((keyResult) => !isBlank(keyResult))
          .map((keyResult) => ({ key: keyResult.key, body: keyResultBody(keyResult) })),
        true,
      ),
    onSaved: (goal) => {
      refresh()
      toastDone(t('goal.set', { title: goal.title }))
      navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
    },
  })
  return (
    <FormDrawer
      title={parent ? t('goal.newUnder', { title: parent.title }) : t('goals.new')}
      submitLabel={t('goal.create')}
      save={save}
      onClosed={onClosed}
      size="lg"
    >
      <GoalInputs form={form} withKeyResults />
    </FormDrawer>
  )
}

/** Changes the goal itself; its key results are edited one by one on its page. */
export function EditGoalDrawer({ goalId, onClosed }: { goalId: string; onClosed: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = useRefreshGoals()
  const { data: goal } = useSuspenseQuery(goalOptions(goalId))
  const base = useRef(goal)
  const form = useForm<GoalFields>({
    initialValues: fieldsOfGoal(goal),
    validate: (fields) => goalErrors(t, fields),
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(goalBody(fields), goalBody(fieldsOfGoal(base.current)))
      const path = { goal_id: goalId }
      return (await updateGoal({ path, body, headers: ifMatch(tag) })).data
    },
    reload: async () => {
      base.current = await queryClient.fetchQuery({ ...goalOptions(goalId), staleTime: 0 })
      return fieldsOfGoal(base.current)
    },
    onSaved: (saved) => {
      refresh()
      toastDone(t('goal.saved', { title: saved.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('goal.edit')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="lg"
    >
      <GoalInputs form={form} without={goalId} />
    </FormDrawer>
  )
}
