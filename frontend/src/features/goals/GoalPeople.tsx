import { ActionIcon, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { removeGoalMember, setGoalMember } from '@/api/gen/sdk.gen'
import type { GoalDetail, GoalMember } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { PersonLine } from '@/components/PersonLine'
import { PersonPicker } from '@/components/PersonPicker'
import { toastUndo } from '@/components/toasts'
import { useRefreshGoals } from './queries'

const ROLES = ['contributor', 'owner'] as const

/** Who answers for the goal, and who has it together with them. */
export function GoalPeople({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const me = useMe()
  const refresh = useRefreshGoals()
  const [role, setRole] = useState<GoalMember['role']>('contributor')
  const [round, setRound] = useState(0)
  const add = useMutation({
    mutationFn: ({ person, role }: Pick<GoalMember, 'person' | 'role'>) =>
      setGoalMember({ path: { goal_id: goal.id, person_id: person.id }, body: { role } }),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: ({ person }: GoalMember) =>
      removeGoalMember({ path: { goal_id: goal.id, person_id: person.id } }),
    onSuccess: (_, member) => {
      const message = t('goalPeople.removed', { name: member.person.name })
      if (may(goal, 'edit')) toastUndo(message, t('common.undo'), () => add.mutate(member))
    },
    onSettled: refresh,
  })
  const mayRemove = ({ person, was_owner }: GoalMember) =>
    person.id === me.person.id ? may(goal, 'leave') : may(goal, 'edit') && !was_owner
  const standing = ({ role, was_owner }: GoalMember) => {
    const named = t(`goalPeople.role.${role}`)
    return was_owner ? t('goalPeople.wasOwner', { role: named }) : named
  }
  return (
    <Card>
      <Title order={2} mb="md">
        {t('goalPeople.title')}
      </Title>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        <li>
          <PersonLine person={goal.owner} note={t('goalPeople.answers')} />
        </li>
        {goal.members.map((member) => (
          <Group key={member.person.id} component="li" justify="space-between" wrap="nowrap">
            <PersonLine person={member.person} note={standing(member)} />
            {mayRemove(member) && (
              <ActionIcon
                variant="subtle"
                color="gray"
                className="no-print"
                aria-label={t('goalPeople.remove', { name: member.person.name })}
                onClick={() => remove.mutate(member)}
              >
                <IconX size={17} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      {may(goal, 'edit') && (
        <Stack gap="xs" mt="md" className="no-print">
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('goalPeople.as')}
            data={ROLES.map((each) => ({ value: each, label: t(`goalPeople.role.${each}`) }))}
            value={role}
            onChange={(value) => setRole(value as GoalMember['role'])}
          />
          <PersonPicker
            // A fresh field after each person who joined.
            key={round}
            label={t('goalPeople.add')}
            description={t(`goalPeople.hint.${role}`)}
            without={goal.owner.id}
            onChange={(person) => {
              if (!person) return
              add.mutate({ person, role })
              setRound(round + 1)
            }}
          />
          {goal.members.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('goalPeople.alone')}
            </Text>
          )}
        </Stack>
      )}
    </Card>
  )
}
