import { Badge, Button, Card, Group, Text } from '@mantine/core'
import { IconHeart, IconPencil, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { listCompanyValuesQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { updateCompanyValue } from '@/api/gen/sdk.gen'
import type { CompanyValue } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { PageHeader } from '@/components/PageHeader'
import { StatusBadge } from '@/components/StatusBadge'
import { toastDone } from '@/components/toasts'
import classes from '../Feedback.module.css'
import { valuesOptions } from '../queries'
import { useValueTint } from '../Tags'
import { ValueDrawer } from './ValueDrawer'

interface ValuesPageProps {
  /** The value that is edited, or `new`. */
  editing: string | undefined
  onEdit: (valueId: string | undefined) => void
}

function ValueActs({ value, onEdit }: { value: CompanyValue; onEdit: ValuesPageProps['onEdit'] }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const archived = value.archived_at === null
  const change = useMutation({
    mutationFn: () =>
      updateCompanyValue({
        path: { company_value_id: value.id },
        body: { archived },
        headers: ifMatch(tagOf(value)),
      }),
    onSuccess: () => {
      const { name } = value
      toastDone(t(archived ? 'values.archivedNow' : 'values.restoredNow', { name }))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: listCompanyValuesQueryKey() }),
  })
  if (!may(value, 'edit')) return null
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPencil size={15} />}
        aria-label={t('common.editNamed', { name: value.name })}
        onClick={() => onEdit(value.id)}
      >
        {t('common.edit')}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={change.isPending}
        aria-label={t(archived ? 'values.archiveNamed' : 'values.restoreNamed', {
          name: value.name,
        })}
        onClick={() => change.mutate()}
      >
        {t(archived ? 'values.archive' : 'values.restore')}
      </Button>
    </Group>
  )
}

/** What the organization wants to be praised for. */
export function ValuesPage({ editing, onEdit }: ValuesPageProps) {
  const { t } = useTranslation()
  const me = useMe()
  const tintOf = useValueTint()
  const { data: values } = useSuspenseQuery(valuesOptions())
  const offeredFirst = values.toSorted(
    (a, b) => Number(a.archived_at !== null) - Number(b.archived_at !== null),
  )
  const edited = values.find(({ id }) => id === editing)
  const add = may(me, 'manage_company_values') && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onEdit('new')}>
      {t('values.add')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('values.title')} subtitle={t('values.subtitle')} actions={add} />
      {values.length === 0 ? (
        <Card>
          <EmptyState
            icon={IconHeart}
            title={t('values.emptyTitle')}
            example={t('values.emptyExample')}
            action={add}
          >
            {t('values.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <ul className={classes.list}>
          {offeredFirst.map((value) => (
            <Card key={value.id} component="li">
              <Group justify="space-between" gap="sm">
                <div style={{ flex: '1 1 260px', minWidth: 0 }}>
                  <Group gap="xs">
                    <Badge style={tintOf(value)}>{value.name}</Badge>
                    {value.archived_at && <StatusBadge status="archived" />}
                  </Group>
                  {value.description && (
                    <Text size="sm" c="dimmed" mt={6}>
                      {value.description}
                    </Text>
                  )}
                </div>
                <ValueActs value={value} onEdit={onEdit} />
              </Group>
            </Card>
          ))}
        </ul>
      )}
      {(editing === 'new' ? may(me, 'manage_company_values') : edited && may(edited, 'edit')) && (
        <ValueDrawer key={editing} value={edited} onClosed={() => onEdit(undefined)} />
      )}
    </>
  )
}
