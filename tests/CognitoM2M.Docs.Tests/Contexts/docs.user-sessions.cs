global using Microsoft.AspNetCore.Antiforgery;
global using Microsoft.AspNetCore.Authentication.Cookies;
global using Microsoft.AspNetCore.DataProtection;
