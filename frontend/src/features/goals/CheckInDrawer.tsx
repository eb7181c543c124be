import { Button, Card, Drawer, Group, Stack, Text, Textarea } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconMessagePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { ErrorPanel } from '@/components/ErrorPanel'
import { FormDrawer } from '@/components/FormDrawer'
import { ProgressBar } from '@/components/ProgressBar'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useFormat } from '@/i18n/format'
import { parseDecimal } from '@/lib/decimal'
import { CheckInValueInput } from './CheckInValueInput'
import { ConfidenceInput } from './ConfidenceInput'
import { doneOf, progressAt, shareDone } from './kinds'
import { type CheckInFields, type CheckInValues, checkInAll } from './mutations'
import { goalOptions, useRefreshGoals } from './queries'
import { checkInErrors } from './rules'

interface CheckInDrawerProps {
  goalId: string
  /** One key result of the goal; left out, all of them are asked for. */
  keyResultId?: string
  onClosed: () => void
}

/** Reads the goal if it is not there yet, and asks how its key results stand. */
export function CheckInDrawer({ goalId, keyResultId, onClosed }: CheckInDrawerProps) {
  const goal = useQuery(goalOptions(goalId))
  if (goal.error) {
    return (
      <Drawer opened onClose={onClosed} size="md">
        <ErrorPanel error={goal.error} onRetry={() => goal.refetch()} />
      </Drawer>
    )
  }
  if (!goal.data) return null
  const keyResults = goal.data.key_results.filter(
    (each) => keyResultId === undefined || each.id === keyResultId,
  )
  return <CheckInForm goal={goal.data} keyResults={keyResults} onClosed={onClosed} />
}

function entryOf(keyResult: KeyResult): CheckInFields {
  return {
    key_result_id: keyResult.id,
    value: keyResult.current ?? '',
    ...(keyResult.kind === 'milestones' && { done_milestone_ids: doneOf(keyResult) }),
    confidence: keyResult.confidence,
    comment: '',
  }
}

interface CheckInFormProps {
  goal: GoalDetail
  keyResults: KeyResult[]
  onClosed: () => void
}

function CheckInForm({ goal, keyResults, onClosed }: CheckInFormProps) {
  const { t } = useTranslation()
  const refresh = useRefreshGoals()
  const done = useRef(new Set<string>())
  const form = useForm<CheckInValues>({
    initialValues: { entries: keyResults.map(entryOf) },
    validate: ({ entries }) => checkInErrors(t, entries, isMeant),
  })
  // With several key results, only what was touched is reported; with one, saving says "still so".
  const isMeant = (index: number): boolean =>
    keyResults.length === 1 || form.isDirty(`entries.${index}`)
  const save = useFormSave({
    form,
    send: ({ entries }) => checkInAll(entries, isMeant, done.current),
    onSaved: () => {
      refresh()
      toastDone(t('checkIn.done', { title: goal.title }))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('checkIn.title')}
      submitLabel={t('checkIn.submit')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <Text c="dimmed">{goal.title}</Text>
      {keyResults.map((keyResult, index) => (
        <Entry
          key={keyResult.id}
          form={form}
          index={index}
          keyResult={keyResult}
          autoFocus={index === 0}
        />
      ))}
    </FormDrawer>
  )
}

function progressOf(entry: CheckInFields, keyResult: KeyResult): number | null {
  if (entry.done_milestone_ids) return shareDone(keyResult.milestones, entry.done_milestone_ids)
  const value = parseDecimal(entry.value)
  return value === null ? null : progressAt(value, keyResult)
}

interface EntryProps {
  form: UseFormReturnType<CheckInValues>
  index: number
  keyResult: KeyResult
  autoFocus: boolean
}

function Entry({ form, index, keyResult, autoFocus }: EntryProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [commenting, comment] = useDisclosure()
  const entry = form.values.entries[index]
  const progress = entry ? progressOf(entry, keyResult) : null
  return (
    <Card component="section" aria-label={keyResult.title} p="md">
      <Stack gap="md">
        <Text fw={600} size="sm">
          {keyResult.title}
        </Text>
        <CheckInValueInput form={form} index={index} keyResult={keyResult} autoFocus={autoFocus} />
        <Group gap="sm" wrap="nowrap" aria-live="polite">
          <div style={{ flex: 1 }}>
            <ProgressBar
              label={t('progress.of', { title: keyResult.title })}
              progress={progress === null ? null : String(progress)}
              status={null}
            />
          </div>
          <Text size="sm" fw={620} className="tabular">
            {progress === null ? '–' : format.percent(progress)}
          </Text>
        </Group>
        <ConfidenceInput
          value={entry?.confidence ?? null}
          onChange={(confidence) => form.setFieldValue(`entries.${index}.confidence`, confidence)}
        />
        {commenting ? (
          <Textarea
            autosize
            minRows={2}
            label={t('checkIn.comment')}
            placeholder={t('checkIn.commentHint')}
            autoFocus
            {...form.getInputProps(`entries.${index}.comment`)}
          />
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconMessagePlus size={16} />}
            onClick={comment.open}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('checkIn.addComment')}
          </Button>
        )}
      </Stack>
    </Card>
  )
}
