// The usings that fragments leave out.
global using CognitoM2M;
global using CognitoM2M.AspNetCore;
global using CognitoM2M.Aws;
global using CognitoM2M.Emulator;
global using CognitoM2M.Lambda;
global using CognitoM2M.Provisioning;
global using CognitoM2M.Testing;
global using CognitoM2M.UserSessions;
global using CognitoM2M.Verification;
global using System.Net;
global using System.Security.Claims;
global using System.Text.Json;
global using System.Text.Json.Nodes;
global using Microsoft.AspNetCore.Authentication;
global using Microsoft.AspNetCore.Mvc;
global using Microsoft.AspNetCore.TestHost;
global using Xunit;
