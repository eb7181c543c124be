import { Badge, Button, Card, Text } from '@mantine/core'
import { IconPlus, IconShieldCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch } from '@/api/etags'
import { getMeQueryKey, listRoleAssignmentsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { assignRole, withdrawRole } from '@/api/gen/sdk.gen'
import type { RoleAssignment } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { PageHeader } from '@/components/PageHeader'
import { PersonLine } from '@/components/PersonLine'
import { toastUndo } from '@/components/toasts'
import { roleAssignmentsFeed } from '../queries'
import { RoleDrawer } from './RoleDrawer'

interface RolesPageProps {
  adding: boolean
  onAdd: (adding: boolean) => void
}

function useWithdraw() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: listRoleAssignmentsQueryKey() })
    queryClient.invalidateQueries({ queryKey: getMeQueryKey() })
  }
  const giveBack = useMutation({
    mutationFn: ({ person, role, department }: RoleAssignment) =>
      assignRole({
        body: { person_id: person.id, role, department_id: department?.id ?? null },
      }),
    onSettled: refresh,
  })
  return useMutation({
    mutationFn: (assignment: RoleAssignment) =>
      withdrawRole({
        path: { role_assignment_id: assignment.id },
        headers: ifMatch(ANY_VERSION),
      }),
    onSuccess: (_, assignment) =>
      toastUndo(t('roles.withdrawn', { name: assignment.person.name }), t('common.undo'), () =>
        giveBack.mutate(assignment),
      ),
    onSettled: refresh,
  })
}

export function RolesPage({ adding, onAdd }: RolesPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const withdraw = useWithdraw()
  const feed = useSuspenseInfiniteQuery(roleAssignmentsFeed())
  const assignments = itemsOf(feed.data)
  const mayManage = may(me, 'manage_roles')
  const give = mayManage && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onAdd(true)}>
      {t('roles.assign')}
    </Button>
  )
  const badge = ({ role, department }: RoleAssignment) => (
    <Badge color={role === 'admin' ? 'brand' : 'sky'}>
      {department ? t(`role.${role}_of`, { department: department.name }) : t(`role.${role}`)}
    </Badge>
  )
  const columns: Column<RoleAssignment>[] = [
    {
      key: 'person',
      header: t('roles.person'),
      cell: ({ person }) => <PersonLine person={person} />,
    },
    { key: 'role', header: t('roles.role'), width: 190, cell: badge },
    {
      key: 'what',
      header: t('roles.allows'),
      cell: ({ role }) => (
        <Text size="sm" c="dimmed">
          {t(`roles.explained.${role}`)}
        </Text>
      ),
    },
    {
      key: 'withdraw',
      header: '',
      align: 'right',
      width: 150,
      cell: (assignment) =>
        may(assignment, 'withdraw') && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconX size={15} />}
            aria-label={t('roles.withdrawFrom', { name: assignment.person.name })}
            onClick={() => withdraw.mutate(assignment)}
          >
            {t('roles.withdraw')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <PageHeader title={t('roles.title')} subtitle={t('roles.subtitle')} actions={give} />
      {assignments.length === 0 ? (
        <Card>
          <EmptyState icon={IconShieldCheck} title={t('roles.emptyTitle')} action={give}>
            {t('roles.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <DataTable
          label={t('roles.title')}
          columns={columns}
          rows={assignments}
          rowKey={({ id }) => id}
          card={(assignment) => (
            <>
              <PersonLine person={assignment.person} />
              <div style={{ margin: '10px 0 6px' }}>{badge(assignment)}</div>
              {columns.at(-1)?.cell(assignment)}
            </>
          )}
        />
      )}
      <LoadMore feed={feed} />
      {adding && mayManage && <RoleDrawer onClosed={() => onAdd(false)} />}
    </>
  )
}
