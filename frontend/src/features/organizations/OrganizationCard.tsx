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
import type { OrganizationDocument } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { Conflict, FormProblem } from '@/components/FormProblem'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { LOCALE_NAME, LOCALES } from '@/i18n/i18n'
import { changedFields } from '@/lib/patch'

function fieldsOf(organization: OrganizationDocument) {
  return {
    name: organization.name,
    time_zone: organization.time_zone,
    language: organization.language,
  }
}

type OrganizationFields = ReturnType<typeof fieldsOf>

/** What the organization is called, and in which language and time it lives. */
export function OrganizationCard() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: organization } = useSuspenseQuery(getOrganizationOptions())
  const base = useRef(organization)
  const form = useForm<OrganizationFields>({
    initialValues: fieldsOf(organization),
    validate: {
      name: (name) => (name.trim() ? null : t('form.required')),
    },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(fields, fieldsOf(base.current))
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
    <Card component="section" aria-label={t('organization.general')}>
      <Title order={2} mb="md">
        {t('organization.general')}
      </Title>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          {save.keepMine && <Conflict onReload={save.takeTheirs} onKeepMine={save.keepMine} />}
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
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
                ...new Set([organization.time_zone, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
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
