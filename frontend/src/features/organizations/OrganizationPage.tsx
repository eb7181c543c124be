import { Button, Card, Group, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import {
  getMeQueryKey,
  getOrganizationOptions,
  getOrganizationQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { updateOrganization } from '@/api/gen/sdk.gen'
import type { Organization } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { DecimalInput } from '@/components/DecimalInput'
import { Conflict, FormProblem } from '@/components/FormProblem'
import { PageHeader } from '@/components/PageHeader'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { LOCALE_NAME, LOCALES } from '@/i18n/i18n'
import { parseDecimal } from '@/lib/decimal'
import { changedFields } from '@/lib/patch'

function fieldsOf(organization: Organization) {
  return {
    name: organization.name,
    time_zone: organization.time_zone,
    language: organization.language,
    goal_cycle_days: String(organization.goal_cycle_days),
    check_in_rhythm_days: String(organization.check_in_rhythm_days),
    on_track_from: organization.on_track_from,
    at_risk_from: organization.at_risk_from,
  }
}

type OrganizationFields = ReturnType<typeof fieldsOf>

function bodyOf(fields: OrganizationFields) {
  return {
    ...fields,
    goal_cycle_days: Number(fields.goal_cycle_days),
    check_in_rhythm_days: Number(fields.check_in_rhythm_days),
  }
}

export function OrganizationPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: organization } = useSuspenseQuery(getOrganizationOptions())
  const base = useRef(organization)
  const isDays = (days: string) => (/^[1-9]\d{0,3}$/.test(days) ? null : t('form.number'))
  const isShare = (share: string) => (parseDecimal(share) === null ? t('form.number') : null)
  const form = useForm<OrganizationFields>({
    initialValues: fieldsOf(organization),
    validate: {
      name: (name) => (name.trim() ? null : t('form.required')),
      goal_cycle_days: isDays,
      check_in_rhythm_days: isDays,
      on_track_from: isShare,
      at_risk_from: isShare,
    },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(bodyOf(fields), bodyOf(fieldsOf(base.current)))
      return (await updateOrganization({ body, headers: ifMatch(tag) })).data
    },
    reload: async () => {
      base.current = await queryClient.fetchQuery({ ...getOrganizationOptions(), staleTime: 0 })
      return fieldsOf(base.current)
    },
    onSaved: (saved) => {
      base.current = saved
      form.setInitialValues(fieldsOf(saved))
      queryClient.setQueryData(getOrganizationQueryKey(), saved)
      queryClient.invalidateQueries({ queryKey: getMeQueryKey() })
      toastDone(t('organization.saved'))
    },
  })
  const canEdit = may(organization, 'edit')
  return (
    <>
      <PageHeader title={t('organization.title')} subtitle={t('organization.subtitle')} />
      <form onSubmit={save.submit} noValidate>
        <Stack gap="lg" maw={760}>
          {save.keepMine && <Conflict onReload={save.takeTheirs} onKeepMine={save.keepMine} />}
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          <Card>
            <Title order={2} mb="md">
              {t('organization.general')}
            </Title>
            <Stack>
              <TextInput
                required
                disabled={!canEdit}
                label={t('organization.name')}
                maxLength={200}
                {...form.getInputProps('name')}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <Select
                  searchable
                  disabled={!canEdit}
                  allowDeselect={false}
                  label={t('organization.timeZone')}
                  description={t('organization.timeZoneHint')}
                  data={[
                    ...new Set([
                      organization.time_zone,
                      'UTC',
                      ...Intl.supportedValuesOf('timeZone'),
                    ]),
                  ]}
                  {...form.getInputProps('time_zone')}
                />
                <Select
                  disabled={!canEdit}
                  allowDeselect={false}
                  label={t('organization.language')}
                  description={t('organization.languageHint')}
                  data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAME[locale] }))}
                  {...form.getInputProps('language')}
                />
              </SimpleGrid>
            </Stack>
          </Card>
          <Card>
            <Title order={2} mb="md">
              {t('organization.goals')}
            </Title>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput
                inputMode="numeric"
                disabled={!canEdit}
                label={t('organization.cycleDays')}
                description={t('organization.cycleDaysHint')}
                {...form.getInputProps('goal_cycle_days')}
              />
              <TextInput
                inputMode="numeric"
                disabled={!canEdit}
                label={t('organization.rhythmDays')}
                description={t('organization.rhythmDaysHint')}
                {...form.getInputProps('check_in_rhythm_days')}
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
          </Card>
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isSaving}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </>
  )
}
