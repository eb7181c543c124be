import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sortFieldErrors } from '@/api/fieldErrors'
import { ApiError } from '@/api/problem'
import { FormProblem } from '@/components/FormProblem'
import { PageHeader } from '@/components/PageHeader'
import { currentCycle, cyclesOptions } from '../queries'
import { isBlank, keyResultErrors } from '../rules'
import { BulkGoals, BulkPeopleInputs } from './BulkInputs'
import { BulkOutcome } from './BulkOutcome'
import { type BulkFields, bulkBody, emptyGoal, isForSomebody } from './bulk'
import { useBulk } from './useBulk'

/** First who gets what, as a dry run; then all of it at once. */
export function BulkPage() {
  const { t } = useTranslation()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const bulk = useBulk()
  const form = useForm<BulkFields>({
    initialValues: {
      goals: [emptyGoal()],
      cycle_id: currentCycle(cycles)?.id ?? '',
      department_id: '',
      team_id: '',
      manager: null,
    },
    validate: (fields) => {
      const errors: Record<string, string> = {}
      for (const [index, goal] of fields.goals.entries()) {
        if (!goal.title.trim()) errors[`goals.${index}.title`] = t('form.required')
        for (const [place, row] of goal.key_results.entries()) {
          if (isBlank(row)) continue
          Object.assign(errors, keyResultErrors(t, row, `goals.${index}.key_results.${place}.`))
        }
      }
      if (!isForSomebody(fields)) errors.department_id = t('bulk.someone')
      return errors
    },
    // What was looked at is what is set: a change asks for another look.
    onValuesChange: () => bulk.reset(),
  })
  const ask = (mode: 'dry_run' | 'apply') =>
    form.onSubmit((fields) =>
      bulk.ask(bulkBody(fields, mode), {
        onError: (error) => {
          if (error instanceof ApiError) form.setErrors(sortFieldErrors(error, () => true).fields)
        },
      }),
    )
  const plan = bulk.mode === 'dry_run' ? bulk.result : null
  const isDone = bulk.mode === 'apply' && bulk.result !== null
  return (
    <>
      <PageHeader title={t('bulk.title')} subtitle={t('bulk.subtitle')} />
      <form onSubmit={ask('dry_run')} noValidate>
        <Stack gap="lg" maw={860}>
          <BulkGoals form={form} />
          <BulkPeopleInputs form={form} />
          {bulk.problem && <FormProblem problem={bulk.problem} messages={[]} />}
          <BulkOutcome bulk={bulk} />
          {!isDone && (
            <Group justify="flex-end">
              <Button
                type="submit"
                variant={plan?.goals ? 'default' : 'filled'}
                disabled={bulk.isRunning}
              >
                {t('bulk.preview')}
              </Button>
              {plan !== null && plan.goals > 0 && (
                <Button onClick={() => ask('apply')()}>
                  {t('bulk.apply', { count: plan.goals })}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
    </>
  )
}
