"""The demo company: 云顶茶机 Yunding Tea Machines, always in the middle of its quarter."""
