app_name = "apprentices"
urlpatterns: list = []
