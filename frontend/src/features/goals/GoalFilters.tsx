import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { ViewsMenu } from './saved/ViewsMenu'
import { type GoalsSearch, LEVELS, STATES, STATUSES } from './search'

interface GoalFiltersProps {
  search: GoalsSearch
  onSearch: (change: Partial<GoalsSearch>) => void
  owners: PersonRef[]
}

/** Which goals are shown; what is chosen stands in the address. */
export function GoalFilters({ search, onSearch, owners }: GoalFiltersProps) {
  const { t } = useTranslation()
  const me = useMe()
  const [typed, setTyped] = useState(search.q ?? '')
  const asked = useRef(search.q)
  const ask = useDebouncedCallback((typed: string) => {
    const q = typed.trim() || undefined
    asked.current = q
    onSearch({ q })
  }, 200)
  // A view that is opened asks for words of its own.
  useEffect(() => {
    if (search.q === asked.current) return
    asked.current = search.q
    setTyped(search.q ?? '')
  }, [search.q])
  const others = owners.filter((owner) => owner.id !== me.person.id)
  return (
    <Group gap="sm" mb="md" role="search" className="no-print">
      <ViewsMenu search={search} onSearch={onSearch} />
      <TextInput
        flex="1 1 180px"
        type="search"
        aria-label={t('goals.search')}
        placeholder={t('goals.search')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          ask(event.currentTarget.value)
        }}
      />
      <Select
        flex="1 1 132px"
        aria-label={t('goals.level')}
        placeholder={t('goals.level')}
        data={LEVELS.map((level) => ({ value: level, label: t(`goal.level.${level}`) }))}
        value={search.level ?? null}
        onChange={(level) => onSearch({ level: level ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 132px"
        aria-label={t('goals.status')}
        placeholder={t('goals.status')}
        data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={search.status ?? null}
        onChange={(status) => onSearch({ status: status ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 132px"
        aria-label={t('goals.state')}
        placeholder={t('goals.state')}
        data={STATES.map((state) => ({ value: state, label: t(`status.${state}`) }))}
        value={search.state ?? null}
        onChange={(state) => onSearch({ state: state ?? undefined })}
        clearable
      />
      <Select
        flex="1 1 132px"
        aria-label={t('goals.owner')}
        placeholder={t('goals.owner')}
        data={[
          { value: me.person.id, label: t('goals.mine') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={search.owner ?? null}
        onChange={(owner) => onSearch({ owner: owner ?? undefined })}
        searchable
        clearable
      />
    </Group>
  )
}
