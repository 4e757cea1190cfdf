"""What happens in clusters, in sums by cluster, month, kind and school: never by person.

Each service counts its own things anew where its facts say that something changed, and tells clusters the sums; so a
sum is right however often, and in whatever order, it is counted and told.
"""
