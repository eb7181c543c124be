import { Button, Menu, Text } from '@mantine/core'
import {
  IconBookmark,
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconStar,
  IconStarFilled,
  IconTargetArrow,
  IconTrash,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalView } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import type { GoalsSearch } from '../search'
import { viewsOptions } from './queries'
import { useViewActs } from './useViewActs'
import { asksForNothing, EVERYTHING, isChanged, searchOf, viewQuery } from './viewQuery'

const ViewDialog = lazy(async () => ({ default: (await import('./ViewDialog')).ViewDialog }))

interface ViewsMenuProps {
  search: GoalsSearch
  onSearch: (change: Partial<GoalsSearch>) => void
}

function icon(Shape: typeof IconStar) {
  return <Shape size={17} stroke={1.7} />
}

interface ListProps {
  label: string
  views: GoalView[]
  current: string | undefined
  onOpen: (view: GoalView) => void
}

function ViewList({ label, views, current, onOpen }: ListProps) {
  const { t } = useTranslation()
  if (views.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          aria-current={view.id === current || undefined}
          fw={view.id === current ? 640 : undefined}
          leftSection={icon(IconBookmark)}
          rightSection={
            view.is_default && (
              <IconStarFilled size={14} role="img" aria-label={t('views.isDefault')} />
            )
          }
          onClick={() => onOpen(view)}
        >
          {view.name}
        </Menu.Item>
      ))}
    </>
  )
}

interface ActsProps extends ViewsMenuProps {
  view: GoalView
  onRename: () => void
}

/** What can be done with the view that is open. */
function ViewActs({ view, search, onSearch, onRename }: ActsProps) {
  const { t } = useTranslation()
  const me = useMe()
  const acts = useViewActs(() => onSearch({ saved: undefined }))
  const mayEdit = may(view, 'edit')
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{view.name}</Menu.Label>
      {mayEdit && isChanged(search, view, me.person.id) && (
        <Menu.Item
          leftSection={icon(IconDeviceFloppy)}
          onClick={() =>
            acts.change.mutate({
              view,
              body: { query: viewQuery(search, me.person.id) },
              done: t('views.updated', { name: view.name }),
            })
          }
        >
          {t('views.update')}
        </Menu.Item>
      )}
      {mayEdit && (
        <Menu.Item leftSection={icon(IconPencil)} onClick={onRename}>
          {t('views.rename')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={icon(IconStar)} onClick={() => acts.begin.mutate(view)}>
        {t(view.is_default ? 'views.stopBeginning' : 'views.begin')}
      </Menu.Item>
      {may(view, 'share') && (
        <Menu.Item
          leftSection={icon(view.is_shared ? IconUser : IconUsers)}
          onClick={() =>
            acts.change.mutate({
              view,
              body: { is_shared: !view.is_shared },
              done: t(view.is_shared ? 'views.isUnshared' : 'views.isShared', { name: view.name }),
            })
          }
        >
          {t(view.is_shared ? 'views.unshare' : 'views.share')}
        </Menu.Item>
      )}
      {may(view, 'delete') && (
        <Menu.Item leftSection={icon(IconTrash)} onClick={() => acts.remove.mutate(view)}>
          {t('views.delete')}
        </Menu.Item>
      )}
    </>
  )
}

/** What one looks at again and again, under a name: one's own views, and those of everybody. */
export function ViewsMenu({ search, onSearch }: ViewsMenuProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data: views = [] } = useQuery(viewsOptions())
  const [dialog, setDialog] = useState<'new' | 'rename' | null>(null)
  const current = views.find(({ id }) => id === search.saved)
  const changed = current && isChanged(search, current, me.person.id)
  const open = (view: GoalView) => onSearch(searchOf(view, me.person.id))
  return (
    <>
      <Menu position="bottom-start" width={290}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} />}
            rightSection={<IconChevronDown size={15} />}
            aria-label={current ? t('views.openOne', { name: current.name }) : t('views.title')}
          >
            <Text inherit truncate maw={170} lh={1.4}>
              {current ? current.name : t('views.title')}
              {changed && ' *'}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {views.length === 0 && (
            <Text size="sm" c="dimmed" p="sm">
              {t('views.empty')}
            </Text>
          )}
          <ViewList
            label={t('views.mine')}
            views={views.filter((view) => !view.is_shared)}
            current={current?.id}
            onOpen={open}
          />
          <ViewList
            label={t('views.shared')}
            views={views.filter((view) => view.is_shared)}
            current={current?.id}
            onOpen={open}
          />
          {views.length > 0 && <Menu.Divider />}
          {!asksForNothing(search) && (
            <Menu.Item leftSection={icon(IconTargetArrow)} onClick={() => onSearch(EVERYTHING)}>
              {t('views.all')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={icon(IconPlus)} onClick={() => setDialog('new')}>
            {t('views.saveAs')}
          </Menu.Item>
          {current && (
            <ViewActs
              view={current}
              search={search}
              onSearch={onSearch}
              onRename={() => setDialog('rename')}
            />
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog && (
          <ViewDialog
            view={dialog === 'rename' ? current : undefined}
            search={search}
            onSaved={(view) => dialog === 'new' && open(view)}
            onClosed={() => setDialog(null)}
          />
        )}
      </Suspense>
    </>
  )
}
