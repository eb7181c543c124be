import { Box, Group, Stack, Switch, Text, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MOD_KEY } from '@/components/modKey'
import { joined, NO_PARTS, PARTS, takenApart } from '../words'
import type { WordsFields } from './fields'

interface WordsInputProps {
  // biome-ignore lint/suspicious/noExplicitAny: the words stand in several forms
  form: UseFormReturnType<any>
  label: string
  placeholder: string
  /** It is the first thing to write here. */
  autoFocus?: boolean
  /** What a reader of the draft has to say about it. */
  remarks?: ReactNode
}

/** The words, in one piece or, for whoever wants help, in three. */
export function WordsInput({ form, label, placeholder, autoFocus, remarks }: WordsInputProps) {
  const { t } = useTranslation()
  const fields = form.values as WordsFields
  const structure = (structured: boolean) => {
    const words: WordsFields = structured
      ? { structured, ...takenApart(fields.text), text: '' }
      : { structured, ...NO_PARTS, text: joined(fields) }
    form.setValues(words)
  }
  return (
    <Stack gap="sm">
      {fields.structured ? (
        PARTS.map((part) => (
          <Textarea
            key={part}
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
      {remarks && <Box>{remarks}</Box>}
    </Stack>
  )
}
