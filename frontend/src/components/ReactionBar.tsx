import { ActionIcon, Group, Menu, UnstyledButton } from '@mantine/core'
import { IconMoodPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, startTransition, useOptimistic } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ReactionBar.module.css'
import { inOrder, type Reacted, type ReactionWord, reacted, type Wish } from './reactions'

export interface ReactionBarProps<Kind extends ReactionWord> {
  /** How each kind is drawn, in the order in which they stand. */
  marks: Record<Kind, ReactNode>
  reactions: Reacted<Kind>[]
  /** Reacts, or takes it back, and remembers what became of it. */
  onReact: (kind: Kind, wanted: boolean) => Promise<unknown>
  disabled?: boolean
}

/** Who nods how; a click joins or leaves, at once on the screen. */
export function ReactionBar<Kind extends ReactionWord>(props: ReactionBarProps<Kind>) {
  const { marks, reactions, onReact, disabled } = props
  const { t } = useTranslation()
  const kinds = Object.keys(marks) as Kind[]
  const [shown, show] = useOptimistic(
    inOrder(kinds, reactions),
    (before: Reacted<Kind>[], wish: Wish<Kind>) => reacted(kinds, before, wish),
  )
  const react = useMutation({
    mutationFn: ({ kind, wanted }: Wish<Kind>) => onReact(kind, wanted),
  })
  const toggle = (kind: Kind) => {
    const wanted = !shown.some((reaction) => reaction.kind === kind && reaction.is_mine)
    startTransition(async () => {
      show({ kind, wanted })
      // A failure is told by a toast, and what was shown goes back by itself.
      await react.mutateAsync({ kind, wanted }).catch(() => undefined)
    })
  }
  const wordOf = (kind: ReactionWord) => t(`reaction.kind.${kind}`)
  if (disabled && shown.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label={t('reaction.group')}>
      {shown.map(({ kind, count, is_mine }) => (
        <UnstyledButton
          key={kind}
          className={classes.pill}
          aria-pressed={is_mine}
          aria-label={t('reaction.label', { kind: wordOf(kind), count })}
          title={wordOf(kind)}
          disabled={disabled}
          onClick={() => toggle(kind)}
        >
          {marks[kind]}
          {count}
        </UnstyledButton>
      ))}
      {!disabled && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('reaction.add')}>
              <IconMoodPlus size={17} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item key={kind} leftSection={marks[kind]} onClick={() => toggle(kind)}>
                {wordOf(kind)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
