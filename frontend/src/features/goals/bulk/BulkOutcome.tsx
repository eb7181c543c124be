import { ActionIcon, Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconCircleCheck, IconUserMinus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/api/gen/types.gen'
import { FormProblem } from '@/components/FormProblem'
import { useFormat } from '@/i18n/format'
import type { BulkResult } from './bulk'
import type { useBulk } from './useBulk'

const AT_FIRST = 8

interface ChosenProps {
  people: BulkResult['chosen_people']
  onLeaveOut: (person: PersonRef) => void
}

function Chosen({ people, onLeaveOut }: ChosenProps) {
  const { t } = useTranslation()
  const [all, { toggle }] = useDisclosure()
  // How many is worth a word only where it differs.
  const isAlike = people.every(({ goals }) => goals === people[0]?.goals)
  return (
    <>
      <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: 'none' }}>
        {people.slice(0, all ? undefined : AT_FIRST).map(({ id, name, goals }) => (
          <Group component="li" key={id} gap={6} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('bulk.leaveOut', { name })}
              onClick={() => onLeaveOut({ id, name, job_title: null })}
            >
              <IconUserMinus size={15} stroke={1.7} />
            </ActionIcon>
            <Text size="sm">{isAlike ? name : t('bulk.gets', { name, count: goals })}</Text>
          </Group>
        ))}
      </Stack>
      {people.length > AT_FIRST && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={all}
          style={{ alignSelf: 'flex-start' }}
          onClick={toggle}
        >
          {all ? t('common.showLess') : t('common.showAll', { count: people.length })}
        </Button>
      )}
    </>
  )
}

interface PlanProps {
  result: BulkResult
  onLeaveOut?: (person: PersonRef) => void
}

function Plan({ result, onLeaveOut }: PlanProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Stack gap={6}>
      <Text size="sm" fw={570}>
        {result.goals === 0
          ? t('bulk.nobody')
          : t('bulk.plan', { count: result.goals, people: format.number(result.people) })}
      </Text>
      {onLeaveOut && <Chosen people={result.chosen_people} onLeaveOut={onLeaveOut} />}
      {result.left_out > 0 && (
        <>
          <Text size="sm">{t('bulk.leftOut', { count: result.left_out })}</Text>
          <List size="sm">
            {result.left_out_people.map(({ id, name, reason }) => (
              <List.Item key={id}>
                {name}: {t(`bulk.reason.${reason}`)}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  )
}

function Working({ bulk, label }: { bulk: Pick<Bulk, 'progress'>; label: string }) {
  const { t } = useTranslation()
  const { done, total } = bulk.progress
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed" role="status">
        {total > 0 ? t('bulk.progress', { count: total, done }) : label}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section
          animated
          value={total > 0 ? (done / total) * 100 : 100}
          aria-label={label}
        />
      </Progress.Root>
    </Stack>
  )
}

/** Once they are set: what was done, and the way back as long as nobody touched them. */
function Done({ bulk, result }: { bulk: Bulk; result: BulkResult }) {
  const { t } = useTranslation()
  const { back, id } = bulk
  if (back.isRunning) return <Working bulk={back} label={t('bulk.takingBack')} />
  const link = (
    <Button size="xs" variant="default" renderRoot={(props) => <Link to="/goals" {...props} />}>
      {t('bulk.showGoals')}
    </Button>
  )
  if (back.result) {
    const { goals, kept } = back.result
    return (
      <Alert color="sky" icon={<IconArrowBackUp size={18} />} role="status">
        <Text size="sm" fw={570}>
          {t('bulk.tookBack', { count: goals })}
        </Text>
        {kept > 0 && <Text size="sm">{t('bulk.keptBack', { count: kept })}</Text>}
        <Group mt="sm">{link}</Group>
      </Alert>
    )
  }
  return (
    <>
      {back.problem && <FormProblem problem={back.problem} messages={[]} />}
      <Alert color="leaf" icon={<IconCircleCheck size={18} />} title={t('bulk.done')} role="status">
        <Plan result={result} />
        <Group mt="sm" gap="sm">
          {link}
          {result.goals > 0 && id && (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => back.ask(id)}
            >
              {t('bulk.takeBack')}
            </Button>
          )}
        </Group>
        {result.goals > 0 && (
          <Text size="xs" c="dimmed" mt={6}>
            {t('bulk.takeBackHint')}
          </Text>
        )}
      </Alert>
    </>
  )
}

type Bulk = ReturnType<typeof useBulk>

interface BulkOutcomeProps {
  bulk: Bulk
  onLeaveOut: (person: PersonRef) => void
}

/** What would happen, what is happening, or what has happened. */
export function BulkOutcome({ bulk, onLeaveOut }: BulkOutcomeProps) {
  const { t } = useTranslation()
  if (bulk.isRunning) {
    return (
      <Working bulk={bulk} label={t(bulk.mode === 'apply' ? 'bulk.working' : 'bulk.looking')} />
    )
  }
  if (bulk.failure !== null) {
    return (
      <Alert color="coral" title={t('bulk.failed')} role="alert">
        {bulk.failure}
      </Alert>
    )
  }
  if (!bulk.result) return null
  if (bulk.mode === 'apply') return <Done bulk={bulk} result={bulk.result} />
  return (
    <Alert color="sky" icon={<IconUsers size={18} />} role="status">
      <Plan result={bulk.result} onLeaveOut={onLeaveOut} />
    </Alert>
  )
}
