import { Select } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GoalInsights } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { insightGroupsOptions } from './queries'
import type { InsightsSearch } from './search'

type Group = Pick<InsightsSearch, 'group' | 'id'>

interface GroupSelectProps {
  shown: GoalInsights['group']
  onGroup: (group: Group) => void
}

/** Whose goals: the company's, those of one's own people, of a department or of a team. */
export function GroupSelect({ shown, onGroup }: GroupSelectProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data: groups } = useSuspenseQuery(insightGroupsOptions())
  const company = { value: 'company', label: t('insights.group.company') }
  const people = { value: `manager ${me.person.id}`, label: t('insights.group.manager') }
  const departments = groups.departments.map(({ id, name }) => ({
    value: `department ${id}`,
    label: name,
  }))
  const teams = groups.teams.map(({ id, name }) => ({ value: `team ${id}`, label: name }))
  const value = shown.id === null ? shown.kind : `${shown.kind} ${shown.id}`
  const choices = [company, ...(me.manages_people ? [people] : []), ...departments, ...teams]
  // Somebody else's people, which one came to by going down.
  const another = choices.some((choice) => choice.value === value)
    ? []
    : [{ value, label: shown.name ?? '' }]
  if (choices.length === 1 && another.length === 0) return null
  return (
    <Select
      aria-label={t('insights.whose')}
      w={200}
      searchable
      allowDeselect={false}
      value={value}
      data={[
        company,
        ...(me.manages_people ? [people] : []),
        ...another,
        ...(departments.length > 0
          ? [{ group: t('insights.group.departments'), items: departments }]
          : []),
        ...(teams.length > 0 ? [{ group: t('insights.group.teams'), items: teams }] : []),
      ]}
      onChange={(chosen) => {
        const [kind, id] = (chosen ?? 'company').split(' ') as [Group['group'], string?]
        const isYours = kind === 'manager' && id === me.person.id
        onGroup({ group: kind === 'company' ? undefined : kind, id: isYours ? undefined : id })
      }}
    />
  )
}
