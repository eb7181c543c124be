import { ActionIcon, Group, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  listTeamMembersInfiniteOptions,
  listTeamMembersQueryKey,
  listTeamsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { addTeamMember, removeTeamMember } from '@/api/gen/sdk.gen'
import type { PersonRef } from '@/api/gen/types.gen'
import { cursorFeed, itemsOf } from '@/api/paging'
import { LoadMore } from '@/components/LoadMore'
import { PersonLine } from '@/components/PersonLine'
import { PersonPicker } from '@/components/PersonPicker'
import { toastUndo } from '@/components/toasts'

/** Joins and leaves at once: either is undone with a click. */
export function TeamMembers({ teamId }: { teamId: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [round, setRound] = useState(0)
  const feed = useInfiniteQuery(
    cursorFeed(
      listTeamMembersInfiniteOptions({ path: { team_id: teamId }, query: { limit: 100 } }),
    ),
  )
  const refresh = () => {
    queryClient.invalidateQueries({
      queryKey: listTeamMembersQueryKey({ path: { team_id: teamId } }),
    })
    queryClient.invalidateQueries({ queryKey: listTeamsQueryKey() })
  }
  const join = useMutation({
    mutationFn: (person: PersonRef) =>
      addTeamMember({ path: { team_id: teamId, person_id: person.id } }),
    onSettled: refresh,
  })
  const leave = useMutation({
    mutationFn: (person: PersonRef) =>
      removeTeamMember({ path: { team_id: teamId, person_id: person.id } }),
    onSuccess: (_, person) =>
      toastUndo(t('teams.left', { name: person.name }), t('common.undo'), () =>
        join.mutate(person),
      ),
    onSettled: refresh,
  })
  return (
    <Stack gap="sm" component="section" aria-label={t('teams.members')}>
      <PersonPicker
        // A fresh field after each person who joined.
        key={round}
        label={t('teams.addMember')}
        value={null}
        onChange={(person) => {
          if (!person) return
          join.mutate(person)
          setRound(round + 1)
        }}
      />
      {itemsOf(feed.data).map((person) => (
        <Group key={person.id} justify="space-between" wrap="nowrap">
          <PersonLine person={person} size={32} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('teams.removeMember', { name: person.name })}
            onClick={() => leave.mutate(person)}
          >
            <IconX size={17} />
          </ActionIcon>
        </Group>
      ))}
      {feed.data && itemsOf(feed.data).length === 0 && (
        <Text size="sm" c="dimmed">
          {t('teams.noMembers')}
        </Text>
      )}
      <LoadMore feed={feed} />
    </Stack>
  )
}
