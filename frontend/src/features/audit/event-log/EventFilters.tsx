import { Button, Group, Select, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PersonPicker } from '@/components/PersonPicker'
import { personOptions } from '@/features/people/queries'
import { matches } from '@/lib/text'
import type { LogSearch } from './search'
import { useTopics } from './topics'

interface FilterProps {
  search: LogSearch
  onSearch: (change: Partial<LogSearch>) => void
}

function PersonFilter(props: {
  label: string
  personId: string | undefined
  onChange: (personId: string | undefined) => void
}) {
  const { label, personId, onChange } = props
  const person = useQuery({ ...personOptions(personId ?? ''), enabled: Boolean(personId) })
  const chosen = personId && person.data ? person.data : null
  return (
    <PersonPicker
      // The name in the field follows from the address, once it is known.
      key={chosen?.id ?? ''}
      flex="1 1 190px"
      label={label}
      value={chosen}
      onChange={(next) => onChange(next?.id)}
    />
  )
}

/** Found by its words or by its name. */
function TopicFilter({ search, onSearch }: FilterProps) {
  const { t } = useTranslation()
  const { known, textOf } = useTopics()
  const { topic } = search
  const topics = topic && !known.includes(topic) ? [topic, ...known] : known
  return (
    <Select
      flex="1 1 190px"
      label={t('eventLog.topic')}
      placeholder={t('eventLog.anyTopic')}
      clearable
      searchable
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      data={topics.map((value) => ({ value, label: textOf(value) }))}
      value={topic ?? null}
      onChange={(next) => onSearch({ topic: next ?? undefined })}
      filter={({ options, search: typed }) =>
        options.filter(
          (option) =>
            'value' in option &&
            matches(`${option.label} ${option.value} ${option.value.replace('.', ' ')}`, typed),
        )
      }
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {option.value}
          </Text>
        </div>
      )}
    />
  )
}

export function EventFilters({ search, onSearch }: FilterProps) {
  const { t } = useTranslation()
  const { topic, actor, subject, since, until } = search
  const isFiltered = [topic, actor, subject, since, until].some(Boolean)
  return (
    <Group gap="sm" mb="md" role="search" align="flex-end">
      <TopicFilter search={search} onSearch={onSearch} />
      <PersonFilter
        label={t('eventLog.actor')}
        personId={actor}
        onChange={(next) => onSearch({ actor: next })}
      />
      <PersonFilter
        label={t('eventLog.subject')}
        personId={subject}
        onChange={(next) => onSearch({ subject: next })}
      />
      <TextInput
        flex="1 1 130px"
        type="date"
        label={t('eventLog.since')}
        value={since ?? ''}
        onChange={(event) => onSearch({ since: event.currentTarget.value || undefined })}
      />
      <TextInput
        flex="1 1 130px"
        type="date"
        label={t('eventLog.until')}
        value={until ?? ''}
        onChange={(event) => onSearch({ until: event.currentTarget.value || undefined })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          leftSection={<IconX size={16} />}
          onClick={() =>
            onSearch({
              topic: undefined,
              actor: undefined,
              subject: undefined,
              since: undefined,
              until: undefined,
            })
          }
        >
          {t('eventLog.clear')}
        </Button>
      )}
    </Group>
  )
}
