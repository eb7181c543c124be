import { Group, Loader, Select, type SelectProps, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPeopleOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { PersonRef } from '@/api/gen/types.gen'
import { PersonAvatar } from './PersonAvatar'

interface PersonPickerProps
  extends Omit<SelectProps, 'data' | 'value' | 'defaultValue' | 'onChange'> {
  value?: PersonRef | null
  onChange?: (person: PersonRef | null) => void
  /** Who may not be chosen here. */
  without?: string
}

/** Finds one person by name, title or e-mail, asking the API as one types. */
export function PersonPicker({ value = null, onChange, without, ...props }: PersonPickerProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value?.name ?? '')
  const [asked] = useDebouncedValue(typed === value?.name ? '' : typed.trim(), 200)
  const found = useQuery({
    ...listPeopleOptions({ query: { q: asked || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const people = (found.data?.items ?? []).filter((person) => person.id !== without)
  const known = new Map<string, PersonRef>(people.map((person) => [person.id, person]))
  if (value) known.set(value.id, value)
  return (
    <Select
      placeholder={t('personPicker.placeholder')}
      nothingFoundMessage={found.isFetching ? t('common.loading') : t('personPicker.nobody')}
      {...props}
      searchable
      clearable={!props.required}
      data={[...known.values()].map((person) => ({ value: person.id, label: person.name }))}
      value={value?.id ?? null}
      onChange={(id) => onChange?.(id ? (known.get(id) ?? null) : null)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      leftSection={value ? <PersonAvatar name={value.name} size={22} /> : undefined}
      rightSection={found.isFetching && typed ? <Loader size={14} /> : undefined}
      renderOption={({ option }) => (
        <Group gap="sm" wrap="nowrap">
          <PersonAvatar name={option.label} size={28} />
          <div>
            <Text size="sm">{option.label}</Text>
            <Text size="xs" c="dimmed">
              {known.get(option.value)?.job_title}
            </Text>
          </div>
        </Group>
      )}
    />
  )
}
