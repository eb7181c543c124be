import { Group, Select, type SelectProps, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listGoalsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { Goal, GoalRef } from '@/api/gen/types.gen'
import { LevelIcon } from './LevelIcon'

interface GoalPickerProps
  extends Omit<SelectProps, 'data' | 'value' | 'defaultValue' | 'onChange'> {
  value?: GoalRef | null
  onChange?: (goal: GoalRef | null) => void
  cycleId?: string
  /** The goal itself cannot be its own parent. */
  without?: string
}

/** Finds the goal that another one serves, by its title. */
export function GoalPicker({
  value = null,
  onChange,
  cycleId,
  without,
  ...props
}: GoalPickerProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value?.title ?? '')
  const [asked] = useDebouncedValue(typed === value?.title ? '' : typed.trim(), 200)
  const found = useQuery({
    ...listGoalsOptions({
      query: { q: asked || undefined, cycle_id: cycleId || undefined, limit: 30 },
    }),
    placeholderData: keepPreviousData,
  })
  const goals = (found.data?.items ?? []).filter((goal) => goal.id !== without)
  const known = new Map<string, GoalRef & Partial<Goal>>(goals.map((goal) => [goal.id, goal]))
  if (value && !known.has(value.id)) known.set(value.id, value)
  return (
    <Select
      placeholder={t('goalPicker.placeholder')}
      nothingFoundMessage={t('goalPicker.nothing')}
      searchable
      clearable
      {...props}
      data={[...known.values()].map(({ id, title }) => ({ value: id, label: title }))}
      value={value?.id ?? null}
      onChange={(id) => onChange?.(id ? (known.get(id) ?? null) : null)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const goal = known.get(option.value)
        return (
          <Group gap="sm" wrap="nowrap">
            {goal?.level && <LevelIcon level={goal.level} />}
            <div>
              <Text size="sm">{option.label}</Text>
              {goal?.owner && (
                <Text size="xs" c="dimmed">
                  {goal.owner.name}
                </Text>
              )}
            </div>
          </Group>
        )
      }}
    />
  )
}
