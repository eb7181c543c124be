import { ActionIcon, Card, Group, Text, Tooltip } from '@mantine/core'
import { IconChevronRight, IconClockExclamation, IconTargetArrow } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { PersonAvatar } from '@/components/PersonAvatar'
import { ProgressBar } from '@/components/ProgressBar'
import { useFormat } from '@/i18n/format'
import { GoalStatusBadge } from './GoalStatusBadge'
import classes from './GoalTree.module.css'
import { KeyResultValue } from './KeyResultValue'
import { LevelIcon } from './LevelIcon'
import type { Branch } from './tree'

interface TreeState {
  isOpen: (goal: GoalNode) => boolean
  toggle: (goal: GoalNode) => void
  /** Whether this is a goal of yours that waits for a check-in. */
  canCheckIn: (goal: GoalNode) => boolean
  checkIn: (goal: GoalNode) => void
  isWanted: (goal: GoalNode) => boolean
}

const TreeContext = createContext<TreeState | null>(null)

function useTree(): TreeState {
  const state = useContext(TreeContext)
  if (!state) throw new Error('A goal row stands outside of its tree')
  return state
}

function indented(depth: number, beyond: string) {
  return { paddingLeft: `calc(${beyond} + ${depth} * var(--indent))` }
}

function KeyResults({ goal, depth }: { goal: GoalNode; depth: number }) {
  const { t } = useTranslation()
  return (
    <ul
      className={classes.keyResults}
      style={indented(depth, '10px + var(--text-at)')}
      aria-label={t('goal.keyResultsOf', { title: goal.title })}
    >
      {goal.key_results.map((keyResult) => (
        <li key={keyResult.id} className={classes.keyResult}>
          <Text size="sm" c="dimmed">
            {keyResult.title}
          </Text>
          <ProgressBar
            label={t('progress.of', { title: keyResult.title })}
            progress={keyResult.progress}
            status={null}
          />
          <Text size="xs" c="dimmed" className="tabular">
            <KeyResultValue keyResult={keyResult} />
          </Text>
        </li>
      ))}
    </ul>
  )
}

function Row({ branch, depth }: { branch: Branch; depth: number }) {
  const { goal, children } = branch
  const { t } = useTranslation()
  const format = useFormat()
  const tree = useTree()
  const isOpen = tree.isOpen(goal)
  const opens = children.length > 0 || goal.key_results.length > 0
  const label = t(isOpen ? 'goals.collapse' : 'goals.expand', { title: goal.title })
  return (
    <div
      className={classes.row}
      style={indented(depth, '10px')}
      data-faded={!tree.isWanted(goal) || undefined}
    >
      <div className={classes.name}>
        <div className={classes.toggle}>
          {opens && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={label}
              aria-expanded={isOpen}
              onClick={() => tree.toggle(goal)}
            >
              <IconChevronRight
                size={17}
                className={classes.chevron}
                data-open={isOpen || undefined}
              />
            </ActionIcon>
          )}
        </div>
        <div className={classes.level}>
          <LevelIcon level={goal.level} />
        </div>
        <div style={{ minWidth: 0 }}>
          <Text fw={depth === 0 ? 640 : 540} size={depth === 0 ? 'md' : 'sm'} lh={1.4}>
            <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
              {goal.title}
            </Link>
          </Text>
          <Group gap={6} mt={2} c="dimmed" wrap="nowrap">
            <PersonAvatar name={goal.owner.name} size={18} />
            <Text size="xs" truncate>
              {[goal.owner.name, goal.department?.name ?? goal.team?.name]
                .filter(Boolean)
                .join(' · ')}
              {' · '}
              {t('goals.due', { date: format.day(goal.due_on) })}
            </Text>
            {goal.is_stale && (
              <Tooltip label={t('goals.stale')}>
                <IconClockExclamation
                  size={15}
                  role="img"
                  aria-label={t('goals.stale')}
                  color="var(--mantine-color-amber-light-color)"
                />
              </Tooltip>
            )}
          </Group>
        </div>
      </div>
      <div className={classes.progress}>
        <Group justify="space-between" mb={5} gap={4}>
          <Text size="xs" c="dimmed">
            {goal.expected !== null && goal.state === 'active'
              ? t('goals.expected', { percent: format.percent(goal.expected) })
              : ''}
          </Text>
          <Text size="xs" fw={640} className="tabular">
            {goal.progress === null ? '–' : format.percent(goal.progress)}
          </Text>
        </Group>
        <ProgressBar
          label={t('progress.of', { title: goal.title })}
          progress={goal.progress}
          expected={goal.state === 'active' ? goal.expected : null}
          status={goal.status}
        />
      </div>
      <div className={classes.status}>
        <GoalStatusBadge goal={goal} />
      </div>
      <div className={classes.action}>
        {tree.canCheckIn(goal) && (
          <Tooltip label={t('goal.act.check_in')}>
            <ActionIcon
              variant="light"
              size={32}
              aria-label={t('goals.checkInOn', { title: goal.title })}
              onClick={() => tree.checkIn(goal)}
            >
              <IconTargetArrow size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  )
}

/** A goal with what hangs below it: its key results first, then the goals aligned to it. */
function BranchContent({ branch, depth }: { branch: Branch; depth: number }) {
  const tree = useTree()
  const { goal, children } = branch
  return (
    <>
      <Row branch={branch} depth={depth} />
      {tree.isOpen(goal) && goal.key_results.length > 0 && <KeyResults goal={goal} depth={depth} />}
      {tree.isOpen(goal) && children.length > 0 && (
        <ul>
          {children.map((child) => (
            <li key={child.goal.id}>
              <BranchContent branch={child} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Goals under goals, each with its key results, as nested lists that open and close. */
export function GoalTree({ forest, state }: { forest: Branch[]; state: TreeState }) {
  const { t } = useTranslation()
  return (
    <TreeContext.Provider value={state}>
      <ul className={classes.tree} aria-label={t('goals.title')}>
        {forest.map((branch) => (
          <Card key={branch.goal.id} component="li" p={6}>
            <BranchContent branch={branch} depth={0} />
          </Card>
        ))}
      </ul>
    </TreeContext.Provider>
  )
}
