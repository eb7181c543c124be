import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconChevronRight, IconClockExclamation, IconTargetArrow } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { createContext, memo, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { GoalProgress } from '@/components/GoalProgress'
import { PersonAvatar } from '@/components/PersonAvatar'
import { ProgressBar } from '@/components/ProgressBar'
import { usePrinting } from '@/components/usePrinting'
import { useFormat } from '@/i18n/format'
import { GoalStatusBadge } from './GoalStatusBadge'
import classes from './GoalTree.module.css'
import { KeyResultValue } from './KeyResultValue'
import { LevelIcon } from './LevelIcon'
import type { Branch } from './tree'
import { rowsOf } from './treeRows'
import type { TreeState } from './treeState'

const TreeContext = createContext<TreeState | null>(null)

function useTree(): TreeState {
  const state = useContext(TreeContext)
  if (!state) throw new Error('A goal row stands outside of its tree')
  return state
}

function indented(depth: number, beyond: string) {
  return { paddingLeft: `calc(${beyond} + ${depth} * var(--indent))` }
}

// Scrolling draws further rows, and those that are there already stay as they are.
const KeyResults = memo(function KeyResults({ goal, depth }: { goal: GoalNode; depth: number }) {
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
})

const Row = memo(function Row({ branch, depth }: { branch: Branch; depth: number }) {
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
        <GoalProgress goal={goal} />
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
})

/** A small tree is drawn whole, and found when the page is searched; of a large one a little more
 * than what is seen, so that scrolling stays fluid. */
const DRAWN_WHOLE = 120
const OVERSCAN = 8
const ROW_HEIGHT = 64

/** Goals under goals, each with its key results, as a list whose rows know their level. */
export function GoalTree({ forest, state }: { forest: Branch[]; state: TreeState }) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const printing = usePrinting()
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop((list.current?.getBoundingClientRect().top ?? 0) + globalThis.scrollY)
  }, [])
  const { isOpen } = state
  const rows = useMemo(() => rowsOf(forest, isOpen), [forest, isOpen])
  const window = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: printing || rows.length <= DRAWN_WHOLE ? rows.length : OVERSCAN,
    scrollMargin: top,
  })
  const shown = window.getVirtualItems()
  const [first, last] = [shown.at(0), shown.at(-1)]
  return (
    <TreeContext.Provider value={state}>
      <ul
        ref={list}
        className={classes.tree}
        aria-label={t('goals.title')}
        style={{
          paddingTop: first ? first.start - top : 0,
          paddingBottom: last ? window.getTotalSize() + top - last.end : 0,
        }}
      >
        {shown.map(({ index }) => {
          const row = rows[index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: ARIA 1.2 gives list items a level
            <li
              key={row.key}
              ref={window.measureElement}
              data-index={index}
              className={classes.line}
              data-first={row.isFirst || undefined}
              data-last={row.isLast || undefined}
              data-kind={row.kind}
              aria-level={row.depth + 1}
            >
              <div className={classes.card}>
                {row.kind === 'goal' ? (
                  <Row branch={row.branch} depth={row.depth} />
                ) : (
                  <KeyResults goal={row.branch.goal} depth={row.depth} />
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </TreeContext.Provider>
  )
}
