import { Avatar, type AvatarProps } from '@mantine/core'
import { hueOf, tintOf } from '@/lib/hue'

type PersonAvatarProps = { name: string } & Omit<AvatarProps, 'name' | 'color' | 'variant'>

export function PersonAvatar({ name, ...props }: PersonAvatarProps) {
  return (
    <Avatar
      name={name}
      aria-hidden
      {...props}
      styles={{ placeholder: { border: 0, fontWeight: 620, ...tintOf(hueOf(name)) } }}
    />
  )
}
