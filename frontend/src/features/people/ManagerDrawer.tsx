import { Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { addReportingLine, endReportingLine } from '@/api/gen/sdk.gen'
import type { PersonDetail, PersonRef, ReportingLine } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useFormat } from '@/i18n/format'
import { today } from '@/lib/dates'
import { reportingLinesOptions } from './queries'

const KINDS = ['primary', 'dotted'] as const

interface LineFields {
  manager_id: PersonRef | null
  kind: (typeof KINDS)[number]
  valid_from: string
}

function HistoryLine({ line, onEnded }: { line: ReportingLine; onEnded: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const end = useMutation({
    mutationFn: () =>
      endReportingLine({ path: { line_id: line.id }, headers: ifMatch(tagOf(line)) }),
    onSettled: onEnded,
  })
  const from = format.date(line.valid_from)
  return (
    <Group justify="space-between" wrap="nowrap" component="li">
      <Text size="sm" c="dimmed">
        {line.manager.name}
        {line.kind === 'dotted' && ` (${t('person.manager.dotted')})`} ·{' '}
        {line.valid_to
          ? t('person.manager.between', { from, to: format.date(line.valid_to) })
          : t('person.manager.since', { from })}
      </Text>
      {may(line, 'end') && (
        <ConfirmButton
          size="compact-xs"
          question={t('person.manager.endQuestion', { name: line.manager.name })}
          confirmLabel={t('person.manager.end')}
          loading={end.isPending}
          onConfirm={() => end.mutate()}
        >
          {t('person.manager.end')}
        </ConfirmButton>
      )}
    </Group>
  )
}

function History({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const lines = useQuery(reportingLinesOptions(personId))
  if (!lines.data?.items.length) return null
  return (
    <Stack gap={6} component="section" aria-label={t('person.manager.history')}>
      <Text size="sm" fw={560}>
        {t('person.manager.history')}
      </Text>
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {lines.data.items.map((line) => (
          <HistoryLine key={line.id} line={line} onEnded={() => queryClient.invalidateQueries()} />
        ))}
      </Stack>
    </Stack>
  )
}

export function ManagerDrawer(props: { person: PersonDetail; onClosed: () => void }) {
  const { person, onClosed } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const form = useForm<LineFields>({
    initialValues: { manager_id: null, kind: 'primary', valid_from: today() },
    validate: {
      valid_from: (day) => (day ? null : t('form.required')),
      manager_id: (manager, { kind }) =>
        kind === 'dotted' && !manager ? t('form.required') : null,
    },
  })
  const save = useFormSave({
    form,
    send: ({ manager_id, kind, valid_from }) =>
      addReportingLine({
        path: { person_id: person.id },
        body: { manager_id: manager_id?.id ?? null, kind, valid_from },
      }),
    onSaved: () => {
      queryClient.invalidateQueries()
      toastDone(t('person.manager.done', { name: person.name }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('person.manager.title', { name: person.name })}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
    >
      <PersonPicker
        data-autofocus
        label={t('person.manager.new')}
        description={t('person.manager.hint')}
        without={person.id}
        {...form.getInputProps('manager_id')}
      />
      <Radio.Group label={t('person.manager.kind')} {...form.getInputProps('kind')}>
        <Stack gap="xs" mt={6}>
          {KINDS.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`person.manager.${kind}`)}
              description={t(`person.manager.${kind}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        required
        type="date"
        label={t('person.manager.from')}
        description={t('person.manager.fromHint')}
        {...form.getInputProps('valid_from')}
      />
      <History personId={person.id} />
    </FormDrawer>
  )
}
