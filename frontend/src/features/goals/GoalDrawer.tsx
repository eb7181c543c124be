import { useForm } from '@mantine/form'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { ifMatch, tagOf } from '@/api/etags'
import { setGoal, updateGoal } from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { GoalInputs } from './GoalInputs'
import {
  fieldsOfGoal,
  type GoalFields,
  goalChanges,
  keyResultBody,
  newGoalBody,
  newGoalFields,
} from './goalFields'
import { cyclesOptions, goalOptions, useRefreshGoals } from './queries'
import { goalErrors, isBlank } from './rules'
import { draftOf, draftOfGoal, withoutKeyResults } from './smart/draft'
import { SmartAdvice, SmartSummary } from './smart/SmartAdvice'
import { useDraftLanguage } from './smart/useSmartHints'
import { beginningOptions } from './templates/queries'
import { TemplatePicker } from './templates/TemplatePicker'
import { type Beginning, begun } from './templates/template'
import { useGoalStart } from './useGoalStart'

interface NewGoalDrawerProps {
  cycleId: string | undefined
  /** The goal that the new one goes under. */
  parentId?: string
  /** The template that it begins with. */
  templateName?: string
  onClosed: () => void
}

export function GoalDrawer({ cycleId, parentId, templateName, onClosed }: NewGoalDrawerProps) {
  const parent = useQuery({ ...goalOptions(parentId ?? ''), enabled: Boolean(parentId) })
  const template = useQuery({
    ...beginningOptions(templateName ?? '', useDraftLanguage()),
    enabled: Boolean(templateName),
  })
  const cycles = useQuery(cyclesOptions())
  if (parentId && parent.isPending) return null
  if (templateName && (template.isPending || cycles.isPending)) return null
  return (
    <NewGoalForm
      cycleId={cycleId}
      parent={parent.data}
      template={template.data ?? undefined}
      onClosed={onClosed}
    />
  )
}

interface NewGoalFormProps {
  cycleId: string | undefined
  parent: GoalDetail | undefined
  template: Beginning | undefined
  onClosed: () => void
}

function NewGoalForm({ cycleId, parent, template, onClosed }: NewGoalFormProps) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const refresh = useRefreshGoals()
  const startOf = useGoalStart()
  const blank = newGoalFields(me.person, parent?.cycle?.id ?? cycleId, parent)
  const language = useDraftLanguage()
  const form = useForm<GoalFields>({
    initialValues: { ...blank, ...(template && begun(template, startOf(blank))) },
    validate: (fields) => goalErrors(t, fields),
  })
  const save = useFormSave({
    form,
    send: async (fields) => {
      // A blank row is not meant. It leaves the form too, so that refusals find their rows.
      const key_results = fields.key_results.filter((row) => !isBlank(row))
      form.setFieldValue('key_results', key_results)
      return setGoal({
        body: { ...newGoalBody(fields), key_results: key_results.map(keyResultBody) },
      })
    },
    onSaved: ({ data }) => {
      const goal = documentOf<GoalDetail>(data)
      refresh()
      toastDone(t('goal.set', { title: form.getValues().title }))
      if (goal) navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
      else onClosed()
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
      <TemplatePicker onUse={(chosen) => form.setValues(begun(chosen, startOf(form.values)))} />
      <SmartAdvice draft={draftOf(form.values, language)}>
        <GoalInputs form={form} withKeyResults />
        <SmartSummary />
      </SmartAdvice>
    </FormDrawer>
  )
}

/** Changes the goal itself; its key results are edited one by one on its page. */
export function EditGoalDrawer({ goalId, onClosed }: { goalId: string; onClosed: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refresh = useRefreshGoals()
  const { data: goal } = useSuspenseQuery(goalOptions(goalId))
  const base = useRef(goal)
  const language = useDraftLanguage()
  const form = useForm<GoalFields>({
    initialValues: fieldsOfGoal(goal),
    validate: (fields) => goalErrors(t, fields),
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(goalChanges(fields), goalChanges(fieldsOfGoal(base.current)))
      return updateGoal({ path: { goal_id: goalId }, body, headers: ifMatch(tag) })
    },
    reload: async () => {
      base.current = await queryClient.fetchQuery({ ...goalOptions(goalId), staleTime: 0 })
      return fieldsOfGoal(base.current)
    },
    onSaved: ({ data }) => {
      refresh()
      toastDone(t('goal.saved', { title: form.getValues().title }))
      if (documentOf<GoalDetail>(data)) onClosed()
      else navigate({ to: '/goals' })
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
      <SmartAdvice draft={draftOfGoal(goal, language, withoutKeyResults(form.values))}>
        <GoalInputs form={form} without={goalId} />
        <SmartSummary />
      </SmartAdvice>
    </FormDrawer>
  )
}
