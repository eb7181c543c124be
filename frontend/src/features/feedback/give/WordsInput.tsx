import { Group, Stack, Switch, Text, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoachRemark, FeedbackKind, PersonRef } from '@/api/gen/types.gen'
import { MOD_KEY } from '@/components/modKey'
import { CoachRemarks } from '../coach/CoachRemarks'
import { joined, NO_PARTS, PARTS, takenApart } from '../words'
import { type Place, placeIn, textOf, type WordsFields } from './fields'

interface WordsInputProps {
  // biome-ignore lint/suspicious/noExplicitAny: the words stand in several forms
  form: UseFormReturnType<any>
  label: string
  placeholder: string
  /** It is the first thing to write here. */
  autoFocus?: boolean
  kind: FeedbackKind
  receivers: PersonRef[]
}

/** The words, in one piece or, for whoever wants help, in three, and what a coach says of them. */
export function WordsInput(props: WordsInputProps) {
  const { form, label, placeholder, autoFocus, kind, receivers } = props
  const { t } = useTranslation()
  const inputs = useRef<Partial<Record<Place['field'], HTMLTextAreaElement | null>>>({})
  const fields = form.values as WordsFields
  const structure = (structured: boolean) => {
    const words: WordsFields = structured
      ? { structured, ...takenApart(fields.text), text: '' }
      : { structured, ...NO_PARTS, text: joined(fields) }
    form.setValues(words)
  }
  const show = ({ start, end }: CoachRemark) => {
    const { field, offset } = placeIn(fields, start)
    const input = inputs.current[field]
    input?.focus()
    input?.setSelectionRange(offset, offset + end - start)
  }
  return (
    <Stack gap="sm">
      {fields.structured ? (
        PARTS.map((part) => (
          <Textarea
            key={part}
            ref={(input) => {
              inputs.current[part] = input
            }}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={1600}
            label={t(`feedback.parts.${part}.label`)}
            description={t(`feedback.parts.${part}.hint`)}
            {...form.getInputProps(part)}
          />
        ))
      ) : (
        <Textarea
          ref={(input) => {
            inputs.current.text = input
          }}
          required
          autosize
          minRows={4}
          maxRows={16}
          maxLength={5000}
          data-autofocus={autoFocus || undefined}
          label={label}
          placeholder={placeholder}
          {...form.getInputProps('text')}
        />
      )}
      <Group justify="space-between" gap="xs">
        <Switch
          size="sm"
          label={t('feedback.parts.switch')}
          checked={fields.structured}
          onChange={(event) => structure(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          {t('feedback.sendHint', { keys: `${MOD_KEY} Enter` })}
        </Text>
      </Group>
      <CoachRemarks draft={{ kind, text: textOf(fields), receivers }} onShow={show} />
    </Stack>
  )
}
