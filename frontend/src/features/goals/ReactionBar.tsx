import { ActionIcon, Group, Menu, UnstyledButton } from '@mantine/core'
import { IconMoodPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { startTransition, useOptimistic } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reaction, ReactionKind } from '@/api/gen/types.gen'
import classes from './ReactionBar.module.css'
import { inOrder, REACTION_KINDS, REACTIONS, toggled } from './reactions'

interface ReactionBarProps {
  reactions: Reaction[]
  /** Reacts, or takes it back, and reads again what became of it. */
  onReact: (kind: ReactionKind, wanted: boolean) => Promise<unknown>
  disabled?: boolean
}

/** Who nods how; a click joins or leaves, at once on the screen. */
export function ReactionBar({ reactions, onReact, disabled }: ReactionBarProps) {
  const { t } = useTranslation()
  const [shown, show] = useOptimistic(inOrder(reactions), toggled)
  const react = useMutation({
    mutationFn: ({ kind, wanted }: { kind: ReactionKind; wanted: boolean }) =>
      onReact(kind, wanted),
  })
  const toggle = (kind: ReactionKind) => {
    const wanted = !shown.some((reaction) => reaction.kind === kind && reaction.is_mine)
    startTransition(async () => {
      show(kind)
      // A failure is told by a toast, and what was shown goes back by itself.
      await react.mutateAsync({ kind, wanted }).catch(() => undefined)
    })
  }
  if (disabled && shown.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label={t('reaction.group')}>
      {shown.map(({ kind, count, is_mine }) => {
        const Shape = REACTIONS[kind]
        return (
          <UnstyledButton
            key={kind}
            className={classes.pill}
            aria-pressed={is_mine}
            aria-label={t('reaction.label', { kind: t(`reaction.kind.${kind}`), count })}
            title={t(`reaction.kind.${kind}`)}
            disabled={disabled}
            onClick={() => toggle(kind)}
          >
            <Shape size={15} stroke={1.8} aria-hidden />
            {count}
          </UnstyledButton>
        )
      })}
      {!disabled && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('reaction.add')}>
              <IconMoodPlus size={17} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {REACTION_KINDS.map((kind) => {
              const Shape = REACTIONS[kind]
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Shape size={17} stroke={1.7} />}
                  onClick={() => toggle(kind)}
                >
                  {t(`reaction.kind.${kind}`)}
                </Menu.Item>
              )
            })}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
