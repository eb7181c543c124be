import {
  Button,
  Group,
  NumberInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MappingSuggestion } from '@/api/gen/types.gen'
import { columnOf, type MappingFields, STATUS_MEANINGS, type StatusMeaning } from './mapping'

const USUAL_DATES = ['%Y-%m-%d', '%d.%m.%Y', '%m/%d/%Y', '%d/%m/%Y', '%m/%d/%y', '%d-%b-%Y']

interface MappingRulesProps {
  fields: MappingFields
  onFields: (fields: MappingFields) => void
  columns: MappingSuggestion['columns']
}

/** What each word of the status column means; words that are not said here make a row fail. */
function StatusWords({ fields, onFields, columns }: MappingRulesProps) {
  const { t } = useTranslation()
  const [word, setWord] = useState('')
  const samples = columns.find(({ name }) => name === columnOf(fields, 'status'))?.samples ?? []
  const words = [...new Set([...Object.keys(fields.status_words), ...samples])]
  const mean = (text: string, meaning: StatusMeaning | null) => {
    const { [text]: _, ...others } = fields.status_words
    const status_words = meaning ? { ...others, [text]: meaning } : others
    onFields({ ...fields, status_words })
  }
  return (
    <Stack gap="xs">
      <Text size="sm" fw={560}>
        {t('imports.statusWords')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('imports.statusWordsHint')}
      </Text>
      {words.map((text) => (
        <Group key={text} gap="sm" wrap="nowrap">
          <Text size="sm" flex={1} truncate title={text}>
            {text}
          </Text>
          <Select
            w={170}
            aria-label={t('imports.meaningOf', { column: text })}
            placeholder={t('imports.unknownWord')}
            data={STATUS_MEANINGS.map((each) => ({ value: each, label: t(`status.${each}`) }))}
            value={fields.status_words[text] ?? null}
            onChange={(meaning) => mean(text, meaning)}
          />
        </Group>
      ))}
      <Group gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t('imports.anotherWord')}
          placeholder={t('imports.anotherWord')}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          disabled={!word.trim()}
          onClick={() => {
            mean(word.trim(), 'active')
            setWord('')
          }}
        >
          {t('common.add')}
        </Button>
      </Group>
    </Stack>
  )
}

export function MappingRules({ fields, onFields, columns }: MappingRulesProps) {
  const { t } = useTranslation()
  const has = (target: 'name' | 'hired_on' | 'left_on' | 'status' | 'email') =>
    columnOf(fields, target) !== undefined
  return (
    <Stack gap="lg">
      <Title order={2}>{t('imports.rules')}</Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
        {has('name') && (
          <Radio.Group
            label={t('imports.nameFormat')}
            value={fields.name_format}
            onChange={(value) =>
              onFields({ ...fields, name_format: value as MappingFields['name_format'] })
            }
          >
            <Stack gap={8} mt={8}>
              <Radio value="last_first" label={t('imports.lastFirst')} />
              <Radio value="first_last" label={t('imports.firstLast')} />
            </Stack>
          </Radio.Group>
        )}
        {(has('hired_on') || has('left_on')) && (
          <TagsInput
            label={t('imports.dateFormats')}
            description={t('imports.dateFormatsHint')}
            data={USUAL_DATES}
            value={fields.date_formats}
            onChange={(date_formats) => onFields({ ...fields, date_formats })}
          />
        )}
        {has('status') && <StatusWords fields={fields} onFields={onFields} columns={columns} />}
        {!has('email') && (
          <TextInput
            label={t('imports.emailTemplate')}
            description={t('imports.emailTemplateHint')}
            placeholder="{first}.{last}@example.com"
            value={fields.email_template}
            onChange={(event) => onFields({ ...fields, email_template: event.currentTarget.value })}
          />
        )}
        <Radio.Group
          label={t('imports.mode')}
          value={fields.mode}
          onChange={(mode) => onFields({ ...fields, mode: mode as MappingFields['mode'] })}
        >
          <Stack gap={10} mt={8}>
            <Radio value="delta" label={t('imports.delta')} description={t('imports.deltaHint')} />
            <Radio
              value="snapshot"
              label={t('imports.snapshot')}
              description={t('imports.snapshotHint')}
            />
          </Stack>
        </Radio.Group>
        <NumberInput
          label={t('imports.maxDeactivations')}
          description={t('imports.maxDeactivationsHint')}
          min={0}
          max={100}
          suffix=" %"
          allowDecimal={false}
          value={fields.max_deactivations}
          onChange={(value) => onFields({ ...fields, max_deactivations: Number(value) || 0 })}
        />
      </SimpleGrid>
    </Stack>
  )
}
