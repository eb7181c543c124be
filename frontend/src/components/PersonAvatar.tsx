import { Avatar, type AvatarProps } from '@mantine/core'

/** A stable hue for a name. The lightness is fixed below, so that initials keep 7:1 in any hue. */
function hueOf(name: string): number {
  let hash = 7
  for (const letter of name) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) % 3600
  return hash / 10
}

type PersonAvatarProps = { name: string } & Omit<AvatarProps, 'name' | 'color' | 'variant'>

export function PersonAvatar({ name, ...props }: PersonAvatarProps) {
  const hue = hueOf(name)
  return (
    <Avatar
      name={name}
      aria-hidden
      {...props}
      styles={{
        placeholder: {
          border: 0,
          fontWeight: 620,
          background: `light-dark(oklch(0.925 0.045 ${hue}), oklch(0.35 0.065 ${hue}))`,
          color: `light-dark(oklch(0.37 0.1 ${hue}), oklch(0.93 0.04 ${hue}))`,
        },
      }}
    />
  )
}
