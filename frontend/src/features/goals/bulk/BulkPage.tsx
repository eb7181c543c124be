import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sortFieldErrors } from '@/api/fieldErrors'
import type { PersonRef } from '@/api/gen/types.gen'
import { ApiError } from '@/api/problem'
import { FormProblem } from '@/components/FormProblem'
import { PageHeader } from '@/components/PageHeader'
import { currentCycle, cyclesOptions } from '../queries'
import { BulkCommon } from './BulkCommon'
import { BulkGoals } from './BulkGoals'
import { BulkOutcome } from './BulkOutcome'
import { BulkPeople } from './BulkPeople'
import { type BulkFields, bulkBody, bulkErrors, emptyBulk, fieldOf } from './bulk'
import { useBulk } from './useBulk'

/** First who gets what, as a dry run; then all of it at once. */
export function BulkPage() {
  const { t } = useTranslation()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const bulk = useBulk()
  const form = useForm<BulkFields>({
    initialValues: emptyBulk(currentCycle(cycles)?.id ?? ''),
    validate: (fields) => bulkErrors(t, fields),
    // What was looked at is what is set: a change asks for another look.
    onValuesChange: () => {
      bulk.reset()
      bulk.back.reset()
    },
  })
  const send = (fields: BulkFields, mode: 'dry_run' | 'apply') =>
    bulk.ask(bulkBody(fields, mode), {
      onError: (error) => {
        if (!(error instanceof ApiError)) return
        const refused = Object.entries(sortFieldErrors(error, () => true).fields)
        form.setErrors(Object.fromEntries(refused.map(([at, why]) => [fieldOf(at, fields), why])))
      },
    })
  const ask = (mode: 'dry_run' | 'apply') => form.onSubmit((fields) => send(fields, mode))
  const leaveOut = (person: PersonRef) => {
    const fields = { ...form.getValues(), except: [...form.getValues().except, person] }
    form.setFieldValue('except', fields.except)
    send(fields, 'dry_run')
  }
  const plan = bulk.mode === 'dry_run' ? bulk.result : null
  const isDone = bulk.mode === 'apply' && bulk.result !== null
  return (
    <>
      <PageHeader title={t('bulk.title')} subtitle={t('bulk.subtitle')} />
      <form onSubmit={ask('dry_run')} noValidate>
        <Stack gap="lg" maw={860}>
          <BulkGoals form={form} />
          <BulkCommon form={form} />
          <BulkPeople form={form} />
          {bulk.problem && <FormProblem problem={bulk.problem} messages={[]} />}
          <BulkOutcome bulk={bulk} onLeaveOut={leaveOut} />
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
