import { ActionIcon, Button, Card, Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { IconChecklist, IconPencil, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { completeInitiative, resumeInitiative } from '@/api/gen/sdk.gen'
import type { GoalDetail, Initiative } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { useFormat } from '@/i18n/format'
import { InitiativeDrawer } from './InitiativeDrawer'
import { initiativesFeed, useRefreshGoals } from './queries'
import type { GoalSearch } from './search'

interface OnSearch {
  onSearch: (change: Partial<GoalSearch>) => void
}

function InitiativeRow({ initiative, onSearch }: { initiative: Initiative } & OnSearch) {
  const { t } = useTranslation()
  const format = useFormat()
  const refresh = useRefreshGoals()
  const { id, title, owner, key_result, due_on, done_at } = initiative
  const tick = useMutation({
    mutationFn: () =>
      (done_at ? resumeInitiative : completeInitiative)({ path: { initiative_id: id } }),
    onSettled: refresh,
  })
  const facts = [owner.name, due_on && t('goals.due', { date: format.day(due_on) })]
  return (
    <Group component="li" justify="space-between" wrap="nowrap" align="flex-start">
      <Checkbox
        label={
          <Text span size="sm" td={done_at ? 'line-through' : undefined}>
            {title}
          </Text>
        }
        description={[...facts, key_result?.title].filter(Boolean).join(' · ')}
        checked={tick.isPending ? !done_at : Boolean(done_at)}
        disabled={!may(initiative, done_at ? 'resume' : 'complete')}
        onChange={() => tick.mutate()}
      />
      {may(initiative, 'edit') && (
        <ActionIcon
          variant="subtle"
          color="gray"
          className="no-print"
          aria-label={t('common.editNamed', { name: title })}
          onClick={() => onSearch({ initiative: id })}
        >
          <IconPencil size={17} stroke={1.7} />
        </ActionIcon>
      )}
    </Group>
  )
}

interface InitiativesProps extends OnSearch {
  goal: GoalDetail
  search: GoalSearch
}

/** What is done to get there. It counts nowhere; only results do. */
export function Initiatives({ goal, search, onSearch }: InitiativesProps) {
  const { t } = useTranslation()
  const feed = useInfiniteQuery(initiativesFeed(goal.id))
  const initiatives = itemsOf(feed.data)
  const edited = initiatives.find(({ id }) => id === search.initiative)
  const isNew = search.initiative === 'new' && may(goal, 'edit')
  if (!may(goal, 'edit') && initiatives.length === 0) return null
  const add = may(goal, 'edit') && (
    <Button
      size="xs"
      variant="default"
      className="no-print"
      leftSection={<IconPlus size={15} />}
      onClick={() => onSearch({ initiative: 'new' })}
    >
      {t('initiatives.add')}
    </Button>
  )
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('initiatives.title')}</Title>
        {initiatives.length > 0 && add}
      </Group>
      {feed.isSuccess && initiatives.length === 0 ? (
        <EmptyState
          compact
          icon={IconChecklist}
          title={t('initiatives.noneTitle')}
          example={t('initiatives.example')}
          action={add}
        >
          {t('initiatives.noneText')}
        </EmptyState>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {initiatives.map((initiative) => (
            <InitiativeRow key={initiative.id} initiative={initiative} onSearch={onSearch} />
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
      {(isNew || edited) && (
        <InitiativeDrawer
          goal={goal}
          initiative={edited}
          onClosed={() => onSearch({ initiative: undefined })}
        />
      )}
    </Card>
  )
}
