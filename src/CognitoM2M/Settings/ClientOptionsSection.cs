using CognitoM2M.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Settings;

/// <summary>Reads a configuration section into the options of one client. The validator reports the errors of the section with its own errors.</summary>
internal sealed class ClientOptionsSection(string clientName, IConfigurationSection section) : IConfigureNamedOptions<CognitoM2MClientOptions>
{
    public void Configure(CognitoM2MClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CognitoM2MClientOptions options)
    {
        if (name != clientName)
            return;

        options.ConfigurationPath = section.Path;
        var reader = new SectionReader(options.ConfigurationErrors);
        reader.ReadAll(section, "an app client", (setting, value) => Read(reader, setting, value, options));
    }

    private static bool Read(SectionReader reader, string setting, IConfigurationSection value, CognitoM2MClientOptions options)
    {
        switch (setting)
        {
            case "ROUTE": options.Route = reader.ReadEnum(value, options.Route); break;
            case "DOMAIN": options.Domain = reader.ReadText(value); break;
            case "REGION": options.Region = reader.ReadText(value); break;
            case "USEFIPS": options.UseFips = reader.ReadBoolean(value, options.UseFips); break;
            // An empty text removes a setting of a less specific configuration file.
            case "TOKENENDPOINT": options.TokenEndpoint = string.IsNullOrEmpty(value.Value) && !value.GetChildren().Any() ? null : reader.ReadUri(value); break;
            case "CLIENTID": options.ClientId = reader.ReadText(value); break;
            case "CLIENTSECRET": options.ClientSecret = reader.ReadText(value); break;
            case "CLIENTSECRETFILE": options.ClientSecretFile = reader.ReadRequiredText(value); break;
            case "USERNAME": options.Username = reader.ReadText(value); break;
            case "PASSWORD": options.Password = reader.ReadText(value); break;
            case "PASSWORDFILE": options.PasswordFile = reader.ReadRequiredText(value); break;
            case "TOKENKIND": options.TokenKind = reader.ReadEnum(value, options.TokenKind); break;
            case "REVOKEREFRESHTOKENONDISPOSE": options.RevokeRefreshTokenOnDispose = reader.ReadBoolean(value, options.RevokeRefreshTokenOnDispose); break;
            case "CLIENTAUTHENTICATION": options.ClientAuthentication = reader.ReadEnum(value, options.ClientAuthentication); break;
            // An empty list, which configuration gives as an empty text, asks for every allowed scope.
            case "SCOPES": options.Scopes = value.Value is "" ? [] : reader.ReadList(value); break;
            case "CLIENTMETADATA": options.ClientMetadata = reader.ReadMap(value); break;
            case "BASEADDRESS": options.BaseAddress = reader.ReadUri(value); break;
            case "ALLOWEDHOSTS": options.AllowedHosts = reader.ReadList(value); break;
            case "ALLOWANYHOST": options.AllowAnyHost = reader.ReadBoolean(value, options.AllowAnyHost); break;
            case "PLAINHTTPHOSTS": options.PlainHttpHosts = reader.ReadList(value); break;
            case "PLAINHTTPTOKENENDPOINTHOSTS": options.PlainHttpTokenEndpointHosts = reader.ReadList(value); break;
            case "REPLAYAFTERREJECTION": options.ReplayAfterRejection = reader.ReadBoolean(value, options.ReplayAfterRejection); break;
            case "ATTEMPTTIMEOUT": options.AttemptTimeout = reader.ReadTimeSpan(value, options.AttemptTimeout); break;
            case "MAXTOKENREQUESTSPERSECOND": options.MaxTokenRequestsPerSecond = reader.ReadInteger(value, options.MaxTokenRequestsPerSecond); break;
            case "MINIMUMREMAININGLIFETIME": options.MinimumRemainingLifetime = reader.ReadTimeSpan(value, options.MinimumRemainingLifetime); break;
            case "DISTRIBUTEDCACHETIMEOUT": options.DistributedCacheTimeout = reader.ReadTimeSpan(value, options.DistributedCacheTimeout); break;
            case "USDPERTOKENREQUEST": options.UsdPerTokenRequest = reader.ReadNumber(value, options.UsdPerTokenRequest); break;
            case "FIRSTFETCHATTEMPTS": options.FirstFetchAttempts = reader.ReadInteger(value, options.FirstFetchAttempts); break;
            case "WARMUP": options.WarmUp = reader.ReadEnum(value, options.WarmUp); break;
            default: return false;
        }

        return true;
    }
}
