import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listGoalsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { GoalRef, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'

interface GoalInputProps {
  /** Whose goals are offered beside one's own. */
  people: PersonRef[]
  value: GoalRef | null
  onChange: (goal: GoalRef | null) => void
}

const MOST_PEOPLE = 3

/** The goal that it is about: one of theirs or of one's own, found by its title. */
export function GoalInput({ people, value, onChange }: GoalInputProps) {
  const { t } = useTranslation()
  const me = useMe()
  const [typed, setTyped] = useState(value?.title ?? '')
  const [asked] = useDebouncedValue(typed === value?.title ? '' : typed.trim(), 200)
  const owners = [...people.slice(0, MOST_PEOPLE), me.person]
  const found = useQueries({
    queries: owners.map(({ id }) => ({
      ...listGoalsOptions({ query: { person_id: id, q: asked || undefined, limit: 15 } }),
      placeholderData: keepPreviousData,
    })),
  })
  const known = new Map<string, GoalRef>(value ? [[value.id, value]] : [])
  const groups = owners.map((owner, place) => {
    // A goal of several people stands once.
    const goals = (found[place]?.data?.items ?? []).filter(({ id }) => !known.has(id))
    for (const goal of goals) known.set(goal.id, goal)
    return {
      group: owner.id === me.person.id ? t('feedback.goalYours') : owner.name,
      items: goals.map(({ id, title }) => ({ value: id, label: title })),
    }
  })
  const chosen = value ? [{ value: value.id, label: value.title }] : []
  return (
    <Select
      label={t('feedback.goalLabel')}
      placeholder={t('goalPicker.placeholder')}
      nothingFoundMessage={t('goalPicker.nothing')}
      searchable
      clearable
      data={[...chosen, ...groups.filter(({ items }) => items.length > 0)]}
      value={value?.id ?? null}
      onChange={(id) => onChange(id ? (known.get(id) ?? null) : null)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
    />
  )
}
