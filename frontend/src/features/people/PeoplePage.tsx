import { Button, Card, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFileImport, IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { PageHeader } from '@/components/PageHeader'
import { PersonLine } from '@/components/PersonLine'
import { RowsSkeleton } from '@/components/Skeletons'
import { StatusBadge } from '@/components/StatusBadge'
import { PersonDrawer } from './PersonDrawer'
import { departmentsOptions, peopleFeed, teamsOptions } from './queries'
import { PERSON_STATUSES, type PeopleSearch, peopleQuery } from './search'

interface PeoplePageProps {
  search: PeopleSearch
  onSearch: (change: Partial<PeopleSearch>) => void
}

function useColumns(): Column<Person>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', header: t('people.name'), cell: (row) => <PersonLine person={row} /> },
    { key: 'department', header: t('people.department'), cell: (row) => row.department?.name },
    { key: 'location', header: t('people.location'), cell: (row) => row.location },
    {
      key: 'manager',
      header: t('people.manager'),
      cell: ({ manager }) =>
        manager && (
          <Link to="/people/$personId" params={{ personId: manager.id }} className="row-link">
            {manager.name}
          </Link>
        ),
    },
    {
      key: 'reports',
      header: t('people.reports'),
      align: 'right',
      width: 90,
      cell: (row) => <span className="tabular">{row.direct_reports || ''}</span>,
    },
    {
      key: 'status',
      header: t('people.status'),
      width: 130,
      cell: (row) => row.status !== 'active' && <StatusBadge status={row.status} />,
    },
  ]
}

function PersonCard({ person }: { person: Person }) {
  const place = [person.department?.name, person.location].filter(Boolean).join(' · ')
  return (
    <Group justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <PersonLine person={person} size={40} />
        {place && (
          <Text size="xs" c="dimmed" pl={52}>
            {place}
          </Text>
        )}
      </div>
      {person.status !== 'active' && <StatusBadge status={person.status} />}
    </Group>
  )
}

function PeopleList({ search }: { search: PeopleSearch }) {
  const { t } = useTranslation()
  const columns = useColumns()
  const feed = useSuspenseInfiniteQuery(peopleFeed(peopleQuery(search)))
  const people = itemsOf(feed.data)
  if (people.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconUsers} title={t('people.nobodyTitle')}>
          {t('people.nobodyText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <DataTable
        label={t('people.title')}
        columns={columns}
        rows={people}
        rowKey={(person) => person.id}
        card={(person) => <PersonCard person={person} />}
      />
      <LoadMore feed={feed} />
    </>
  )
}

function PeopleFilters({ search, onSearch }: PeoplePageProps) {
  const { t } = useTranslation()
  const departments = useQuery(departmentsOptions())
  const teams = useQuery(teamsOptions())
  const [typed, setTyped] = useState(search.q ?? '')
  const ask = useDebouncedCallback((q: string) => onSearch({ q: q.trim() || undefined }), 250)
  const named = (list: { id: string; name: string }[] | undefined) =>
    (list ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Group gap="sm" mb="md" role="search">
      <TextInput
        flex="1 1 220px"
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          ask(event.currentTarget.value)
        }}
      />
      <Select
        flex="1 1 150px"
        aria-label={t('people.department')}
        placeholder={t('people.department')}
        data={named(departments.data)}
        value={search.department ?? null}
        onChange={(department) => onSearch({ department: department ?? undefined })}
        searchable
        clearable
      />
      <Select
        flex="1 1 140px"
        aria-label={t('people.team')}
        placeholder={t('people.team')}
        data={named(teams.data)}
        value={search.team ?? null}
        onChange={(team) => onSearch({ team: team ?? undefined })}
        searchable
        clearable
      />
      <Select
        flex="1 1 130px"
        aria-label={t('people.status')}
        placeholder={t('people.status')}
        data={PERSON_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={search.status ?? null}
        onChange={(status) => onSearch({ status: status ?? undefined })}
        clearable
      />
    </Group>
  )
}

export function PeoplePage({ search, onSearch }: PeoplePageProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <>
      <PageHeader
        title={t('people.title')}
        subtitle={me.organization.name}
        actions={
          <>
            <MomentButton day={search.as_of} onDay={(as_of) => onSearch({ as_of })} />
            {!search.as_of && may(me, 'import_people') && (
              <Button
                variant="default"
                leftSection={<IconFileImport size={17} />}
                renderRoot={(props) => <Link to="/admin/imports/new" {...props} />}
              >
                {t('people.import')}
              </Button>
            )}
            {!search.as_of && may(me, 'manage_people') && (
              <Button leftSection={<IconPlus size={17} />} onClick={() => onSearch({ new: true })}>
                {t('people.add')}
              </Button>
            )}
          </>
        }
      />
      <MomentNote day={search.as_of} onDay={(as_of) => onSearch({ as_of })} />
      <PeopleFilters search={search} onSearch={onSearch} />
      <Suspense
        key={JSON.stringify(peopleQuery(search))}
        fallback={
          <Card>
            <Stack>
              <RowsSkeleton />
            </Stack>
          </Card>
        }
      >
        <PeopleList search={search} />
      </Suspense>
      {search.new && may(me, 'manage_people') && (
        <PersonDrawer onClosed={() => onSearch({ new: undefined })} />
      )}
    </>
  )
}
