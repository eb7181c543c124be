import { Button, Card, Group, Stack, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Team } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { PersonLine } from '@/components/PersonLine'
import { teamsOptions } from '../queries'
import { TeamDrawer } from './TeamDrawer'

interface TeamsPageProps {
  /** The team that is edited, or `new`. */
  editing: string | undefined
  onEdit: (teamId: string | undefined) => void
}

export function TeamsPage({ editing, onEdit }: TeamsPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data: teams } = useSuspenseQuery(teamsOptions())
  const edited = teams.find(({ id }) => id === editing)
  const mayAdd = may(me, 'manage_people')
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onEdit('new')}>
      {t('teams.add')}
    </Button>
  )
  const name = (team: Team) => (
    <Text size="sm" fw={550}>
      <Link to="/people" search={{ team: team.id }} className="row-link">
        {team.name}
      </Link>
    </Text>
  )
  const edit = (team: Team) =>
    may(team, 'edit') && (
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPencil size={15} />}
        aria-label={t('common.editNamed', { name: team.name })}
        onClick={() => onEdit(team.id)}
      >
        {t('common.edit')}
      </Button>
    )
  const columns: Column<Team>[] = [
    {
      key: 'name',
      header: t('teams.name'),
      cell: name,
    },
    {
      key: 'lead',
      header: t('teams.lead'),
      cell: ({ lead }) => lead && <PersonLine person={lead} size={30} />,
    },
    {
      key: 'members',
      header: t('teams.members'),
      align: 'right',
      width: 120,
      cell: (team) => <span className="tabular">{team.member_count}</span>,
    },
    {
      key: 'edit',
      header: '',
      width: 140,
      align: 'right',
      cell: edit,
    },
  ]
  return (
    <>
      <PageHeader title={t('teams.title')} subtitle={t('teams.subtitle')} actions={add} />
      {teams.length === 0 ? (
        <Card>
          <EmptyState icon={IconUsersGroup} title={t('teams.emptyTitle')} action={add}>
            {t('teams.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <DataTable
          label={t('teams.title')}
          columns={columns}
          rows={teams}
          rowKey={({ id }) => id}
          card={(team) => (
            <Stack gap={6}>
              <Group justify="space-between" wrap="nowrap">
                {name(team)}
                {edit(team)}
              </Group>
              {team.lead && <PersonLine person={team.lead} size={30} />}
              <Text size="sm" c="dimmed">
                {t('orgChart.people', { count: team.member_count })}
              </Text>
            </Stack>
          )}
        />
      )}
      {(editing === 'new' ? mayAdd : edited && may(edited, 'edit')) && (
        <TeamDrawer key={editing} team={edited} onClosed={() => onEdit(undefined)} />
      )}
    </>
  )
}
