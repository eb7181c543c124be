import { Group, MultiSelect, type MultiSelectProps, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPeopleOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { PersonRef } from '@/api/gen/types.gen'
import { PersonAvatar } from './PersonAvatar'

interface PeoplePickerProps
  extends Omit<MultiSelectProps, 'data' | 'value' | 'defaultValue' | 'onChange'> {
  value?: PersonRef[]
  onChange?: (people: PersonRef[]) => void
  /** Who may not be chosen here. */
  without?: string
}

/** Finds people by name, title or e-mail, one after the other. */
export function PeoplePicker({ value = [], onChange, without, ...props }: PeoplePickerProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const found = useQuery({
    ...listPeopleOptions({ query: { q: asked || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const people = (found.data?.items ?? []).filter((person) => person.id !== without)
  const known = new Map<string, PersonRef>([...value, ...people].map((one) => [one.id, one]))
  return (
    <MultiSelect
      placeholder={value.length === 0 ? t('personPicker.placeholder') : undefined}
      nothingFoundMessage={found.isFetching ? t('common.loading') : t('personPicker.nobody')}
      {...props}
      searchable
      hidePickedOptions
      data={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
      value={value.map(({ id }) => id)}
      onChange={(ids) => onChange?.(ids.flatMap((id) => known.get(id) ?? []))}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
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
