import { Button, Card, Text } from '@mantine/core'
import { IconBuilding, IconPencil, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Department } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { type Column, DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { departmentsOptions } from '../queries'
import { DepartmentDrawer } from './DepartmentDrawer'
import { byTree } from './tree'

interface UnitsPageProps {
  /** The unit that is edited, or `new`. */
  editing: string | undefined
  onEdit: (unitId: string | undefined) => void
}

export function DepartmentsPage({ editing, onEdit }: UnitsPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useSuspenseQuery(departmentsOptions())
  const departments = byTree(data)
  const edited = data.find(({ id }) => id === editing)
  const mayAdd = may(me, 'manage_people')
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onEdit('new')}>
      {t('departments.add')}
    </Button>
  )
  const name = ({ unit, depth }: { unit: Department; depth: number }) => (
    <Text size="sm" fw={550} style={{ paddingLeft: depth * 22 }}>
      <Link to="/people" search={{ department: unit.id }} className="row-link">
        {unit.name}
      </Link>
    </Text>
  )
  const edit = (unit: Department) =>
    may(unit, 'edit') && (
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPencil size={15} />}
        aria-label={t('common.editNamed', { name: unit.name })}
        onClick={() => onEdit(unit.id)}
      >
        {t('common.edit')}
      </Button>
    )
  const columns: Column<(typeof departments)[number]>[] = [
    { key: 'name', header: t('departments.name'), cell: name },
    {
      key: 'people',
      header: t('departments.people'),
      align: 'right',
      width: 120,
      cell: ({ unit }) => <span className="tabular">{unit.head_count}</span>,
    },
    { key: 'edit', header: '', width: 140, align: 'right', cell: ({ unit }) => edit(unit) },
  ]
  return (
    <>
      <PageHeader
        title={t('departments.title')}
        subtitle={t('departments.subtitle')}
        actions={add}
      />
      {departments.length === 0 ? (
        <Card>
          <EmptyState icon={IconBuilding} title={t('departments.emptyTitle')} action={add}>
            {t('departments.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <DataTable
          label={t('departments.title')}
          columns={columns}
          rows={departments}
          rowKey={({ unit }) => unit.id}
        />
      )}
      {(editing === 'new' ? mayAdd : edited && may(edited, 'edit')) && (
        <DepartmentDrawer
          key={editing}
          department={edited}
          all={data}
          onClosed={() => onEdit(undefined)}
        />
      )}
    </>
  )
}
