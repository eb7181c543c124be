import { Button, Card, Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import {
  getGoalSettingsOptions,
  getGoalSettingsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { updateGoalSettings } from '@/api/gen/sdk.gen'
import type { GoalSettings } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { DecimalInput } from '@/components/DecimalInput'
import { Conflict, FormProblem } from '@/components/FormProblem'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { parseDecimal } from '@/lib/decimal'
import { changedFields } from '@/lib/patch'

function fieldsOf(settings: GoalSettings) {
  return {
    cycle_days: String(settings.cycle_days),
    check_in_every_days: String(settings.check_in_every_days),
    on_track_from: settings.on_track_from,
    at_risk_from: settings.at_risk_from,
  }
}

type SettingsFields = ReturnType<typeof fieldsOf>

function bodyOf({ cycle_days, check_in_every_days, ...shares }: SettingsFields) {
  return {
    ...shares,
    cycle_days: Number(cycle_days),
    check_in_every_days: Number(check_in_every_days),
  }
}

/** How long cycles are, how often one checks in, and what counts as on track. */
export function GoalSettingsCard() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: settings } = useSuspenseQuery(getGoalSettingsOptions())
  const base = useRef(settings)
  const isDays = (days: string) => (/^[1-9]\d{0,3}$/.test(days) ? null : t('form.number'))
  const isShare = (share: string) => (parseDecimal(share) === null ? t('form.number') : null)
  const form = useForm<SettingsFields>({
    initialValues: fieldsOf(settings),
    validate: {
      cycle_days: isDays,
      check_in_every_days: isDays,
      on_track_from: isShare,
      at_risk_from: isShare,
    },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(bodyOf(fields), bodyOf(fieldsOf(base.current)))
      return (await updateGoalSettings({ body, headers: ifMatch(tag) })).data
    },
    reload: async () => {
      base.current = await queryClient.fetchQuery({ ...getGoalSettingsOptions(), staleTime: 0 })
      return fieldsOf(base.current)
    },
    onSaved: (saved) => {
      base.current = saved
      form.setInitialValues(fieldsOf(saved))
      queryClient.setQueryData(getGoalSettingsQueryKey(), saved)
      toastDone(t('organization.saved'))
    },
  })
  const canEdit = may(settings, 'edit')
  return (
    <Card component="section" aria-label={t('organization.goals')}>
      <Title order={2} mb="md">
        {t('organization.goals')}
      </Title>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          {save.keepMine && <Conflict onReload={save.takeTheirs} onKeepMine={save.keepMine} />}
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              inputMode="numeric"
              disabled={!canEdit}
              label={t('organization.cycleDays')}
              description={t('organization.cycleDaysHint')}
              {...form.getInputProps('cycle_days')}
            />
            <TextInput
              inputMode="numeric"
              disabled={!canEdit}
              label={t('organization.rhythmDays')}
              description={t('organization.rhythmDaysHint')}
              {...form.getInputProps('check_in_every_days')}
            />
            <DecimalInput
              disabled={!canEdit}
              label={t('organization.onTrackFrom')}
              description={t('organization.onTrackFromHint')}
              {...form.getInputProps('on_track_from')}
            />
            <DecimalInput
              disabled={!canEdit}
              label={t('organization.atRiskFrom')}
              description={t('organization.atRiskFromHint')}
              {...form.getInputProps('at_risk_from')}
            />
          </SimpleGrid>
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isSaving}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  )
}
