import { Group, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Beginning, FUNCTIONS } from './template'

interface TemplateFilterProps {
  words: string
  fn: Beginning['function'] | null
  onWords: (words: string) => void
  onFunction: (fn: Beginning['function'] | null) => void
}

export function TemplateFilter({ words, fn, onWords, onFunction }: TemplateFilterProps) {
  const { t } = useTranslation()
  return (
    <Group grow align="flex-end">
      <TextInput
        data-autofocus
        aria-label={t('template.search')}
        placeholder={t('template.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={200}
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
      />
      <Select
        clearable
        aria-label={t('template.function')}
        placeholder={t('template.everyFunction')}
        data={FUNCTIONS.map((value) => ({ value, label: t(`template.functions.${value}`) }))}
        value={fn}
        onChange={(value) => onFunction(value as Beginning['function'] | null)}
      />
    </Group>
  )
}
