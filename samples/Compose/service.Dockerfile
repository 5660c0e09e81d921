# One of the samples QuickstartApi and Quickstart.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG PROJECT
WORKDIR /source
COPY . .
RUN dotnet publish samples/$PROJECT -c Release -p:RestorePackagesWithLockFile=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ARG PROJECT
ENV SERVICE=/app/$PROJECT.dll
COPY --from=build /app /app
WORKDIR /app
USER $APP_UID
ENTRYPOINT ["sh", "-c", "exec dotnet $SERVICE"]
